import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Layers from the bottom to the top: a file imports from its own layer's folder and from those below it. */
const layers = [
  ['base'],
  ['transport'],
  ['libvirt', 'ceph', 'xml'],
  ['operations', 'rules'],
  ['hosts'],
  ['doctor'],
  ['cli', 'ui'],
];

/** Packages that cost tens of milliseconds to load: imported as types, loaded with `await import()` when first needed. */
const lazyPackages = ['ssh2', 'fast-xml-parser', 'ssh-config'].map((name) => ({
  name,
  allowTypeImports: true,
  message: 'Load it with await import() where it is first needed.',
}));

/** @param {string} folder @param {number} level */
function layerRule(folder, level) {
  const forbidden = layers.flatMap((names, at) =>
    at > level || (at === level && !names.includes(folder))
      ? names
      : at === level
        ? names.filter((n) => n !== folder)
        : [],
  );
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            ...lazyPackages,
            ...(folder === 'ui'
              ? []
              : [{ name: 'vscode', message: 'Only src/ui and src/extension.ts may.' }]),
          ],
          patterns: forbidden.map((name) => ({
            regex: `^(\\.\\./)+${name}/`,
            message: `src/${folder} is below or beside src/${name}: imports point downwards.`,
          })),
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist', 'out', '.lab', '.corpus', 'node_modules', 'tools/vscode-host/*/node_modules'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      eqeqeq: 'error',
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  ...layers.flatMap((names, level) => names.map((folder) => layerRule(folder, level))),
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  // A tool's configuration is a default export by that tool's rule.
  {
    files: ['eslint.config.js'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-exports': 'off' },
  },
);
