// Bundles the extension, its node programs and the tests with esbuild.
//   node scripts/build.mjs [--production] [--tests] [--watch]
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runMain } from './lib/instruction.mjs';
import { leaveOut } from './lib/leaveOut.mjs';
import { packRecordings } from './lib/packRecordings.mjs';
import { out, root } from './lib/paths.mjs';
import { sharedBuilds, sharedFiles, sharedModules, takeShared } from './lib/sharedModules.mjs';
import { say } from './lib/steps.mjs';

/** The levels of tests: folders of test/. */
export const testLevels = /** @type {const} */ (['unit', 'golden', 'server', 'vscode', 'ui']);

/** The programs, one file each: VS Code loads one file faster than many. */
const programs = [
  { entry: 'src/extension.ts', file: 'dist/extension.js' },
  { entry: 'src/node/runner/main.ts', file: 'dist/nodeRunner.js' },
  { entry: 'src/node/keeper/main.ts', file: 'dist/keeper.js' },
  { entry: 'src/node/network/main.ts', file: 'dist/network.js' },
  { entry: 'src/node/probe/main.ts', file: 'dist/probe.js' },
  { entry: 'src/cli/main.ts', file: 'dist/cli.js', banner: '#!/usr/bin/env node', executable: true },
];

/**
 * Libraries that are files of their own: those that are large and only needed once something runs, which all programs load when they
 * first need them; and the one for texts, because the language it was told counts for the programs and their parts alike.
 */
const libraries = [
  { name: 'ioredis', file: 'ioredis' },
  { name: 'execa', file: 'execa' },
  { name: 'pid-port', file: 'pidPort' },
  { name: '@vscode/l10n', file: 'l10n' },
];

/** Parts of our own that are large or rare, and needed late: files of their own, too. */
const parts = [
  { entry: 'src/core/log/allMessages.ts', name: 'messages' },
  { entry: 'src/core/conf/specs/allDirectives.ts', name: 'directives' },
  { entry: 'src/core/lint/lintConfs.ts', name: 'lint' },
];

/** The browser side: what runs in webviews. */
const pages = [
  { entry: 'src/webview/logPanel/main.ts', name: 'logPanel' },
  { entry: 'src/webview/timeline/main.ts', name: 'timeline' },
];

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: ['vscode'],
  legalComments: 'none',
  charset: 'utf8', // Korean texts as they are, not as escapes twice as long
  logLevel: 'warning',
};

/**
 * @param {{ production?: boolean }} options
 * @returns {Promise<import('esbuild').BuildOptions[]>}
 */
async function programBuilds({ production = false }) {
  const shared = { ...common, minify: production, sourcemap: !production };
  const own = [
    ...programs.filter(hasSource).map(({ entry, file, banner }) => ({
      ...shared,
      entryPoints: [entry],
      outfile: file,
      plugins: [shareLibraries, shareParts(parts)],
      // a library's file is CommonJS: import() of it would have to guess its exports
      supported: { 'dynamic-import': false },
      ...(banner ? { banner: { js: banner } } : {}),
    })),
    ...parts.map(part => ({
      ...shared,
      entryPoints: [part.entry],
      outfile: `dist/${part.name}.js`,
      plugins: [shareLibraries, shareParts(parts.filter(other => other !== part))],
    })),
  ];
  const modules = await sharedModules(own, 'src/extension.ts');
  return [
    ...own.map(build => ({ ...build, plugins: [...build.plugins, takeShared(modules)] })),
    ...sharedBuilds(modules, {
      ...shared,
      plugins: [shareLibraries, shareParts(parts)],
      supported: { 'dynamic-import': false },
    }),
    ...libraries.map(({ name, file }) => ({
      ...shared,
      entryPoints: [{ in: name, out: file }],
      outdir: 'dist',
      plugins: [shareLibraries, leaveOut],
    })),
    ...pages.map(({ entry, name }) => ({
      ...shared,
      entryPoints: [{ in: entry, out: name }],
      outdir: 'dist',
      platform: /** @type {const} */ ('browser'),
      format: /** @type {const} */ ('iife'),
      target: 'es2022',
    })),
  ];
}

/** Makes a program load a shared library from the file beside it. @type {import('esbuild').Plugin} */
const shareLibraries = {
  name: 'share-libraries',
  setup(build) {
    for (const { name, file } of libraries)
      build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ kind }) =>
        kind === 'entry-point' ? undefined : { path: `./${file}.js`, external: true },
      );
  },
};

/**
 * The same for parts of our own.
 * @param {readonly { entry: string; name: string }[]} shared
 * @returns {import('esbuild').Plugin}
 */
function shareParts(shared) {
  return {
    name: 'share-parts',
    setup(build) {
      for (const { entry, name } of shared) {
        const module = path.basename(entry, '.ts');
        build.onResolve({ filter: new RegExp(`/${module}$`) }, ({ path: specifier, resolveDir }) =>
          path.join(resolveDir, `${specifier}.ts`) === path.join(root, entry)
            ? { path: `./${name}.js`, external: true }
            : undefined,
        );
      }
    },
  };
}

/**
 * One bundle a test file, so that a stack names the file and a file can be run alone. What loads files of its own at
 * run time stays outside.
 * @param {readonly string[]} levels
 * @returns {import('esbuild').BuildOptions}
 */
function testBuild(levels) {
  const entryPoints = levels.flatMap(testFiles);
  if (levels.includes('vscode')) entryPoints.push('test/vscode/index.ts');
  return {
    ...common,
    entryPoints,
    outdir: out,
    outbase: root,
    sourcemap: true,
    external: ['vscode', 'mocha', 'playwright-core', 'esbuild', 'fast-check', 'typescript'],
    // scripts/lib/paths.mjs asks for import.meta and has an answer when there is none
    logOverride: { 'empty-import-meta': 'silent' },
  };
}

/**
 * The test files of a level, relative to the repository.
 * @param {string} level
 */
export function testFiles(level) {
  const dir = path.join(root, 'test', level);
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => ['test', level, ...file.split(path.sep)].join('/'))
    .sort();
}

/**
 * Bundles the extension and its programs into dist/.
 * @param {{ production?: boolean }} [options] production: minified and without source maps
 */
export async function buildPrograms(options = {}) {
  const esbuild = await import('esbuild');
  if (options.production) removeSourceMaps();
  await Promise.all((await programBuilds(options)).map(build => esbuild.build(build)));
  packDrills();
  packRecordings();
  markExecutables();
}

/**
 * The texts of scenarios/ and exercises/ as one file: thirty small ones would take half as much room again in the package.
 */
function packDrills() {
  /** @param {string} folder */
  const textsOf = folder =>
    Object.fromEntries(
      readdirSync(path.join(root, folder))
        .filter(name => name.endsWith('.json'))
        .sort()
        .map(name => [path.basename(name, '.json'), readFileSync(path.join(root, folder, name), 'utf8')]),
    );
  const drills = { scenarios: textsOf('scenarios'), exercises: textsOf('exercises') };
  writeFileSync(path.join(root, 'dist/drills.json'), JSON.stringify(drills));
}

/**
 * Bundles the tests of these levels into out/test/.
 * @param {readonly string[]} [levels]
 */
export async function buildTests(levels = testLevels) {
  const esbuild = await import('esbuild');
  await esbuild.build(testBuild(levels));
  for (const level of levels) removeStaleTests(level);
}

/**
 * A bundle whose source is gone must not run any longer. The others stay where they are: another run may be using them.
 * @param {string} level
 */
function removeStaleTests(level) {
  const dir = path.join(out, 'test', level);
  if (!existsSync(dir)) return;
  const current = new Set(testFiles(level).map(file => path.join(out, file.replace(/\.ts$/, '.js'))));
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(dir, name);
    if (file.endsWith('.test.js') && !current.has(file)) rmSync(file);
  }
}

/**
 * Bundles one TypeScript module of src/ and loads it: for scripts and benchmarks, which node runs as they are.
 * @param {string} entry relative to the repository
 * @returns {Promise<any>}
 */
export async function importSource(entry) {
  const esbuild = await import('esbuild');
  const file = path.join(out, 'source', `${entry.replace(/\.ts$/, '')}.cjs`);
  await esbuild.build({ ...common, entryPoints: [entry], outfile: file, sourcemap: 'inline' });
  return import(`${pathToFileURL(file)}?${statSync(file).mtimeMs}`);
}

/** @param {{ tests: boolean; production: boolean }} options */
async function watch({ tests, production }) {
  const esbuild = await import('esbuild');
  const builds = [...(await programBuilds({ production })), ...(tests ? [testBuild(testLevels)] : [])];
  for (const build of builds) {
    const context = await esbuild.context({ ...build, plugins: [...(build.plugins ?? []), announce] });
    await context.watch();
  }
}

/** The two lines that the task in .vscode/tasks.json waits for. @type {import('esbuild').Plugin} */
const announce = {
  name: 'announce',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd(() => {
      markExecutables();
      console.log('[watch] build finished');
    });
  },
};

/** @param {{ entry: string }} program */
function hasSource({ entry }) {
  if (existsSync(path.join(root, entry))) return true;
  say(`warning: ${entry} does not exist yet, left out`);
  return false;
}

function markExecutables() {
  for (const { file, executable } of programs) {
    if (executable && existsSync(path.join(root, file))) chmodSync(path.join(root, file), 0o755);
  }
}

/** A map of an earlier development build does not belong to a minified file. */
function removeSourceMaps() {
  const late = [...sharedFiles, ...libraries.map(({ file }) => file), ...parts.map(({ name }) => name)];
  const files = [...programs.map(({ file }) => file), ...late.map(name => `dist/${name}.js`)];
  for (const file of files) rmSync(path.join(root, `${file}.map`), { force: true });
}

async function main() {
  const { values } = parseArgs({
    options: {
      production: { type: 'boolean', default: false },
      tests: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
    },
  });
  if (values.watch) return watch(values);
  await buildPrograms(values);
  if (values.tests) await buildTests();
  say(`built ${values.tests ? 'dist/ and out/test/' : 'dist/'}${values.production ? ' for production' : ''}`);
}

if (process.argv[1] === import.meta.filename) await runMain(main);
