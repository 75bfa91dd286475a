/** What of ours a folder may import, besides itself: folders, or files by their full name. */
const mayImport = {
  domain: [],
  access: ['domain'],
  keys: ['domain'],
  config: ['domain'],
  ledger: ['domain'],
  views: ['domain', 'access', 'ledger'],
  commands: ['domain', 'access', 'keys', 'ledger', 'views'],
  questions: ['domain', 'access', 'commands', 'views'],
  expectations: ['domain', 'access', 'commands'],
  audit: ['domain', 'access', 'keys', 'ledger', 'views'],
  agent: ['domain', 'keys'],
  demo: ['domain', 'keys', 'agent', 'server.ts'],
  graphql: ['domain', 'access', 'keys', 'commands', 'questions', 'views', 'audit'],
  http: ['domain', 'access', 'keys', 'commands', 'questions', 'views', 'audit', 'graphql'],
};

/** Which folders know a package; every package not named here is free outside the pure folders. */
const knownBy = {
  'better-sqlite3': ['ledger', 'views'],
  'class-validator': ['graphql'],
  graphql: ['graphql'],
  'graphql-query-complexity': ['graphql'],
  'graphql-scalars': ['graphql'],
  'type-graphql': ['graphql'],
  '@apollo/server': ['graphql', 'http'],
  '@as-integrations/fastify': ['http'],
  fastify: ['http'],
  '@noble/curves': ['agent', 'keys'],
  jose: ['agent', 'keys'],
};

/** What the pure folders may import from outside; nothing there reads files, sockets or clocks. */
const pureMayImport = {
  access: [],
  domain: ['@sinclair/typebox', 'net'],
  keys: ['@noble/curves', '@sinclair/typebox', 'jose', 'crypto'],
};

const compositionRoots =
  '^src/(main|server|engine|worker|writer-thread|reader|reader-thread)[.]ts$|^src/cli/';

const oneOf = (names) => `(${names.map((name) => name.replace('/', '[/]')).join('|')})`;
const sourcePath = (names) =>
  `^src/(${names.map((name) => (name.endsWith('.ts') ? `${name}$` : `${name}/`)).join('|')})`;
const packageFolder = (names) => `(^|/)node_modules/${oneOf(names)}(/|$)`;

const folderRules = Object.entries(mayImport).map(([folder, others]) => ({
  name: `${folder}-imports`,
  comment: `${folder} may import only ${[folder, ...others].join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: sourcePath([folder, ...others]) },
}));

const packageRules = Object.entries(knownBy).map(([name, folders]) => ({
  name: `${name}-known-by`,
  comment: `Only ${folders.join(' and ')} may know ${name}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${oneOf(folders)}/` },
  to: { path: packageFolder([name]) },
}));

const pureRules = Object.entries(pureMayImport).map(([folder, names]) => ({
  name: `${folder}-is-pure`,
  comment: `${folder} is pure: from outside it may import only ${names.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    pathNot: [
      '^src/',
      ...(names.length > 0 ? [packageFolder(names), `^(node:)?${oneOf(names)}$`] : []),
    ],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...folderRules,
    ...packageRules,
    ...pureRules,
    {
      name: 'shared-types-only',
      comment:
        'The pure folders and the ledger take only types and shared patterns from one another.',
      severity: 'error',
      from: { path: '^src/(access|keys|ledger)/' },
      to: {
        path: '^src/domain/',
        pathNot: '^src/domain/branch-pattern[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'views-take-types-of-access',
      comment: 'Views serve the facts that access asks for, and never decide.',
      severity: 'error',
      from: { path: '^src/views/' },
      to: { path: '^src/access/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ledger-read-interface',
      comment: "Outside the ledger only a composition root knows the ledger's SQLite store.",
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(ledger|views)/|${compositionRoots}` },
      to: { path: '^src/ledger/sqlite/' },
    },
    {
      name: 'views-share-connections',
      comment: 'Views open, migrate and write their files as the ledger does its own, and no more.',
      severity: 'error',
      from: { path: '^src/views/' },
      to: {
        path: '^src/ledger/sqlite/',
        pathNot: '/(connection|migrate|storage-fault|transaction)[.]ts$',
      },
    },
    {
      name: 'composition-roots-are-roots',
      comment: 'What composes the program is imported by nothing but what starts it.',
      severity: 'error',
      from: { path: '^src/', pathNot: `${compositionRoots}|^src/demo/` },
      to: { path: compositionRoots },
    },
    {
      name: 'known-folders',
      comment: 'A new folder of src needs its own line in this file.',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^src/', pathNot: `^src/${oneOf(Object.keys(mayImport))}/|${compositionRoots}` },
    },
    {
      name: 'no-tests-in-source',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'reference-shares-no-code',
      comment:
        'What the program is compared with takes only types of it, and nothing of other tests.',
      severity: 'error',
      from: { path: '^test/support/reference/' },
      to: { pathNot: '^test/support/reference/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { path: '^src/', orphan: true, pathNot: compositionRoots },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|build)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['require', 'node', 'types', 'default', 'import'],
      exportsFields: ['exports'],
    },
  },
};
