// lowest first: a folder may import itself and what stands before it
const order = [
  'infrastructure',
  'people',
  'http',
  'channels',
  'conversation',
  'publications',
  'cases',
  'findings',
  'conferences',
  'participation',
  'supervision',
]
const above = (i) => `^src/(${[...order.slice(i + 1), 'web', 'app', 'main'].join('|')})[/.]`
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...order.map((layer, i) => ({
      name: `downwards:${layer}`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: above(i) },
    })),
    {
      name: 'front-door',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/web/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$', '/schema[.]ts$', '^src/infrastructure/'],
      },
    },
    {
      name: 'front-door-app',
      severity: 'error',
      from: { path: '^src/(app|main)[.]ts$' },
      to: { path: '^src/[^/]+/', pathNot: ['/index[.]ts$', '^src/infrastructure/'] },
    },
    {
      name: 'config-is-handed-down',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main[.]ts$' },
      to: { path: '^src/config[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'channels-are-strangers',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'web-sees-schemas-only',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: ['^src/web/', '/schema[.]ts$'] },
    },
    {
      name: 'schemas-are-pure',
      severity: 'error',
      from: { path: '/schema[.]ts$' },
      to: { pathNot: ['^node_modules/zod', '/schema[.]ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
