/**
 * Puts the explorer page into dist/explorer: our own three files, and the browser bundles of
 * GraphiQL and React with their licences, as their packages ship them.
 */
const { copyFileSync, mkdirSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const target = join(root, 'dist', 'explorer');

const files = {
  'index.html': 'explorer/index.html',
  'start.css': 'explorer/start.css',
  'start.js': 'explorer/start.js',
  'graphiql.min.css': 'node_modules/graphiql/graphiql.min.css',
  'graphiql.min.js': 'node_modules/graphiql/graphiql.min.js',
  'graphiql.LICENSE': 'node_modules/graphiql/LICENSE',
  'react.production.min.js': 'node_modules/react/umd/react.production.min.js',
  'react-dom.production.min.js': 'node_modules/react-dom/umd/react-dom.production.min.js',
  'react.LICENSE': 'node_modules/react/LICENSE',
};

mkdirSync(target, { recursive: true });
for (const [name, source] of Object.entries(files)) {
  copyFileSync(join(root, source), join(target, name));
}
