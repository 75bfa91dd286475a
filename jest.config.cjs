/** Packages that ship only ECMAScript modules, which jest's CommonJS loader cannot require. */
const esmOnly = ['@noble/curves', '@noble/hashes', 'canonicalize', 'jose'];

/** Those packages are plain JavaScript: they must not meet the TypeScript options of .swcrc. */
const esmToCommonJs = {
  swcrc: false,
  jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
  module: { type: 'commonjs' },
};

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testTimeout: 60_000,
  transform: {
    '\\.ts$': '@swc/jest',
    '\\.js$': ['@swc/jest', esmToCommonJs],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
};
