// What several programs contain, and what the extension needs late, is bundled into files that they load: each module in them runs when
// it is first needed.
import path from 'node:path';
import { root } from './paths.mjs';

/**
 * A module in a file that programs load: what it exports, and in which file of dist/ it is.
 * @typedef {{ readonly exports: readonly string[]; readonly home: SharedFile }} SharedModule
 * @typedef {ReadonlyMap<string, SharedModule>} SharedModules by paths relative to the repository
 * @typedef {(typeof sharedFiles)[number]} SharedFile
 */

/**
 * The names of the files, without their ending: what the extension needs when it starts, what only the extension needs and only later, and
 * everything else. VS Code reads the whole of a file, even where few of its modules run.
 */
export const sharedFiles = /** @type {const} */ (['shared', 'extensionLate', 'sharedLate']);

/**
 * Which modules of src/ are in more than one of these bundles, check data with a library that would otherwise be in each bundle again, or
 * are needed late by the extension.
 * @param {readonly import('esbuild').BuildOptions[]} builds
 * @param {string} first the entry of the program whose start counts
 * @returns {Promise<SharedModules>}
 */
export async function sharedModules(builds, first) {
  const esbuild = await import('esbuild');
  const results = await Promise.all(
    builds.map(build => esbuild.build({ ...build, write: false, metafile: true, sourcemap: false })),
  );
  /** @type {Map<string, number>} */
  const uses = new Map();
  for (const { metafile } of results)
    for (const [file, { bytesInOutput }] of Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
      Object.entries(inputs),
    ))
      if (bytesInOutput > 0 && file.startsWith('src/')) uses.set(file, (uses.get(file) ?? 0) + 1);
  for (const { metafile } of results)
    for (const [file, { imports }] of Object.entries(metafile?.inputs ?? {}))
      if (uses.has(file) && imports.some(({ path: found }) => found.includes('node_modules/valibot/')))
        uses.set(file, 2);
  const inputs = results.map(({ metafile }) => metafile?.inputs ?? {}).find(found => found[first]) ?? {};
  const early = reachedFrom([first], inputs, ['import-statement']);
  const late = Object.keys(inputs).filter(file => uses.get(file) === 1 && !early.has(file));
  // What they need themselves must not be in two files: a module has one state.
  for (const file of reachedFrom(late, inputs, ['import-statement', 'dynamic-import']))
    if (uses.has(file)) uses.set(file, 2);
  const names = await namesOf([...uses].flatMap(([file, count]) => (count > 1 ? [file] : [])).toSorted());
  /** @param {string} file @returns {SharedFile} */
  const homeOf = file => (early.has(file) ? 'shared' : late.includes(file) ? 'extensionLate' : 'sharedLate');
  return new Map(Array.from(names, ([file, exports]) => [file, { exports, home: homeOf(file) }]));
}

/**
 * What modules import, and what that imports. What is imported by `import()`, a `dynamic-import`, is needed later.
 * @param {readonly string[]} files these are in the answer, too
 * @param {import('esbuild').Metafile['inputs']} inputs
 * @param {readonly import('esbuild').ImportKind[]} kinds
 */
function reachedFrom(files, inputs, kinds) {
  const found = new Set(files);
  for (const file of found)
    for (const { path: imported, kind } of inputs[file]?.imports ?? [])
      if (kinds.includes(/** @type {import('esbuild').ImportKind} */ (kind))) found.add(imported);
  return found;
}

/**
 * What each module exports.
 * @param {readonly string[]} files
 * @returns {Promise<ReadonlyMap<string, readonly string[]>>}
 */
async function namesOf(files) {
  const esbuild = await import('esbuild');
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [...files],
    outdir: 'unwritten',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const outputs = Object.values(metafile.outputs);
  return new Map(outputs.map(({ entryPoint = '', exports }) => [entryPoint, exports]));
}

/**
 * The builds of the shared files.
 * @param {SharedModules} modules
 * @param {import('esbuild').BuildOptions} options
 * @returns {import('esbuild').BuildOptions[]}
 */
export function sharedBuilds(modules, options) {
  return sharedFiles.map(home => {
    const own = [...modules].filter(([, module]) => module.home === home);
    const getters = own.map(([file]) => `get ${keyOf(file)}() { return require('./${file}'); },`);
    const others = new Map([...modules].filter(([, module]) => module.home !== home));
    return {
      ...options,
      stdin: { contents: `module.exports = {\n${getters.join('\n')}\n};`, resolveDir: root, loader: 'js' },
      outfile: `dist/${home}.js`,
      plugins: [...(options.plugins ?? []), takeShared(others)],
    };
  });
}

/**
 * Makes a program take shared modules from the shared files. Each name is taken once: asking the shared module at every use would be felt
 * where a million lines are read.
 * @param {SharedModules} modules
 * @returns {import('esbuild').Plugin}
 */
export function takeShared(modules) {
  return {
    name: 'take-shared',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path: specifier, resolveDir, namespace, kind }) => {
        const file = path
          .relative(root, path.join(resolveDir, `${specifier}.ts`))
          .split(path.sep)
          .join('/');
        if (kind === 'entry-point' || namespace !== 'file' || !modules.has(file)) return undefined;
        return { path: file, namespace: 'shared' };
      });
      build.onResolve({ filter: /./, namespace: 'shared' }, ({ path: file }) => ({
        path: file,
        external: true,
      }));
      build.onLoad({ filter: /./, namespace: 'shared' }, ({ path: file }) => {
        const { home, exports } = modules.get(file) ?? { home: 'shared', exports: [] };
        const names = exports.map(name => `export const ${name} = shared.${name};`);
        return { contents: [`const shared = require('./${home}.js').${keyOf(file)};`, ...names].join('\n') };
      });
    },
  };
}

/** `src/core/story/report.ts` as the name of a property. @param {string} file */
function keyOf(file) {
  return file
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .replaceAll(/[^\w]/g, '_');
}
