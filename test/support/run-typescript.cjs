/**
 * Preloaded with `node --require`, lets a child process or a benchmark run TypeScript against the
 * compiled program: files of test/ and bench/ are compiled as they load, while every import of
 * src/ is answered by its counterpart in dist/, the code that ships.
 */
const Module = require('node:module');
const path = require('node:path');
const { transformFileSync } = require('@swc/core');

const root = path.resolve(__dirname, '..', '..');
const sources = path.join(root, 'src') + path.sep;
const compiled = path.join(root, 'dist') + path.sep;
const swcrc = path.join(root, '.swcrc');

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformFileSync(filename, { configFile: swcrc }).code, filename);
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (...request) => {
  const filename = resolveFilename.apply(Module, request);
  return filename.startsWith(sources)
    ? path.join(compiled, filename.slice(sources.length)).replace(/\.ts$/, '.js')
    : filename;
};
