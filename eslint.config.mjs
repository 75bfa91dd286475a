import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const compositionRoots = ['src/main.ts', 'src/server.ts', 'src/worker.ts', 'src/cli/**'];

/** Time, randomness and the environment are handed in, so that every other module is repeatable. */
const ambientProperties = [
  { object: 'Date', property: 'now', message: 'Take the instant from the clock handed in.' },
  { object: 'Math', property: 'random', message: 'Take randomness from the source handed in.' },
  { object: 'process', property: 'env', message: 'Only config reads the environment.' },
];

const ambientSyntax = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Take the instant from the clock handed in.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'Take the instant from the clock handed in.',
  },
];

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of string literals.',
};

const randomSources = [
  'generateKeyPair',
  'generateKeyPairSync',
  'getRandomValues',
  'randomBytes',
  'randomFill',
  'randomFillSync',
  'randomInt',
  'randomUUID',
  'webcrypto',
];

const readsAmbientEnv = {
  name: 'node:process',
  importNames: ['default', 'env'],
  message: 'Only config reads the environment.',
};

const addressesOnly = {
  name: 'node:net',
  allowImportNames: ['BlockList', 'SocketAddress', 'isIP', 'isIPv4', 'isIPv6'],
  message: 'A pure folder may compute with addresses and opens no socket.',
};

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'coverage/', 'data/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Files with decorators are exempt by the rule itself: their imports feed the metadata.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { prefer: 'type-imports', fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Schemas without properties: TypeBox infers the empty object on purpose.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // Resolvers answer with plain objects of a class's shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // The only enums here are those of graphql, whose values are its documented strings.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-depth': ['error', 4],
      'no-console': 'error',
      'no-restricted-syntax': ['error', noEnum],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      complexity: ['error', { max: 20, variant: 'modified' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'no-restricted-imports': ['error', { paths: [readsAmbientEnv] }],
      'no-restricted-properties': ['error', ...ambientProperties],
      'no-restricted-syntax': ['error', noEnum, ...ambientSyntax],
    },
  },
  {
    files: ['src/{access,commands,domain,graphql,views}/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            readsAmbientEnv,
            addressesOnly,
            {
              name: 'node:crypto',
              importNames: randomSources,
              message: 'Take randomness from the source handed in.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/config/**/*.ts', ...compositionRoots],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-syntax': ['error', noEnum],
    },
  },
  {
    files: ['src/main.ts', 'src/cli/**/*.ts', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Answers arrive as parsed JSON and are judged by the assertions themselves.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', ambientProperties[1]],
    },
  },
  {
    files: ['**/*.{cjs,mjs,js}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        __dirname: 'readonly',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
