/**
 * What may import what. `scripts/check-graph.ts` runs it in `npm test` and fails when fewer modules were read than
 * there are, when a package is imported past its door, and when a rule below is broken.
 */

/** A feature → the features whose contract.ts it may import. Everything else arrives as an argument. */
const FEATURES = {
  accounts: [],
  organizations: ['accounts', 'certificates', 'products'],
  pictures: [],
  members: ['accounts', 'organizations'],
  products: ['accounts', 'batches', 'certificates', 'organizations', 'pictures'],
  certificates: ['organizations', 'pictures', 'products'],
  batches: ['organizations', 'products', 'certificates', 'pictures'],
  labels: ['batches', 'organizations', 'products'],
  reference: ['batches', 'organizations', 'products'],
  trace: ['labels', 'batches', 'certificates', 'organizations', 'products', 'verification'],
  verification: ['trace'],
  recalls: [],
  system: ['batches', 'organizations', 'products', 'trace'],
  workplace: ['batches', 'certificates', 'organizations', 'products', 'trace', 'verification'],
  demonstration: ['accounts', 'batches', 'organizations', 'products', 'trace'],
};

/** A folder of src → the folders that it may import beside itself and packages. */
const LAYERS = {
  domain: [],
  'embedded-mongodb': [],
  platform: ['domain'],
  store: ['domain', 'platform'],
  features: ['domain', 'platform', 'store'],
};

const either = (names) => `(?:${names.join('|')})`;

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `${layer} may import ${allowed.length === 0 ? 'nothing else of ours' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/${either([layer, ...allowed])}/` },
}));

const featureRules = Object.entries(FEATURES).map(([feature, allowed]) => ({
  name: `feature-${feature}`,
  comment: `${feature} may import ${allowed.length === 0 ? 'no other feature' : `the contracts of ${allowed.join(', ')}`}`,
  severity: 'error',
  from: { path: `^src/features/${feature}/` },
  to: {
    path: '^src/features/',
    pathNot: [
      `^src/features/${feature}/`,
      ...(allowed.length === 0 ? [] : [`^src/features/${either(allowed)}/contract\\.ts$`]),
    ],
  },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...featureRules,
    {
      name: 'feature-in-no-table',
      comment: 'a new feature gets a line in the table above',
      severity: 'error',
      from: { path: '^src/features/', pathNot: `^src/features/${either(Object.keys(FEATURES))}/` },
      to: { path: '^src/features/' },
    },
    {
      name: 'no-cycle',
      comment: 'values flow one way; types may refer to each other',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-pure',
      comment: 'domain/ has no input, output, clock, randomness or framework: only Node’s digests',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^(?:src/domain/|crypto$|node:crypto$)' },
    },
    {
      name: 'flow-inwards',
      comment: 'routes → service → rules, store: nothing points back',
      severity: 'error',
      from: { path: '^src/features/[^/]+/(?:service|rules|store|[a-z-]+-store)\\.ts$' },
      to: { path: '^src/features/[^/]+/(?:routes|page|[a-z-]+-routes|[a-z-]+-page)\\.ts$' },
    },
    {
      name: 'http-outside-service',
      comment: 'a service knows no HTTP',
      severity: 'error',
      from: { path: '^src/(?:features/[^/]+/(?:service|rules|[a-z-]*store)\\.ts|store/)' },
      to: { path: 'node_modules/express/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'unresolvable',
      comment: 'what is imported is there',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
