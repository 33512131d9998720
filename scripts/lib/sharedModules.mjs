// What several programs contain is bundled once, into a file that they load: each of its modules runs when it is first needed.
import path from 'node:path';
import { root } from './paths.mjs';

/** The name of the file in dist/, without its ending. */
export const sharedName = 'shared';

/**
 * Which modules of src/ are in more than one of these bundles.
 * @param {readonly import('esbuild').BuildOptions[]} builds
 * @returns {Promise<readonly string[]>} paths relative to the repository, sorted
 */
export async function sharedModules(builds) {
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
  return [...uses].flatMap(([file, count]) => (count > 1 ? [file] : [])).toSorted();
}

/**
 * The build of the shared file.
 * @param {readonly string[]} modules
 * @param {import('esbuild').BuildOptions} options
 * @returns {import('esbuild').BuildOptions}
 */
export function sharedBuild(modules, options) {
  const getters = modules.map(file => `get ${keyOf(file)}() { return require('./${file}'); },`);
  return {
    ...options,
    stdin: { contents: `module.exports = {\n${getters.join('\n')}\n};`, resolveDir: root, loader: 'js' },
    outfile: `dist/${sharedName}.js`,
  };
}

/**
 * Makes a program take shared modules from the shared file.
 * @param {readonly string[]} modules
 * @returns {import('esbuild').Plugin}
 */
export function takeShared(modules) {
  const files = new Set(modules.map(file => path.join(root, file)));
  return {
    name: 'take-shared',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path: specifier, resolveDir, namespace, kind }) => {
        const file = path.join(resolveDir, `${specifier}.ts`);
        if (kind === 'entry-point' || namespace !== 'file' || !files.has(file)) return undefined;
        return { path: path.relative(root, file), namespace: 'shared' };
      });
      build.onResolve({ filter: /./, namespace: 'shared' }, () => ({
        path: `./${sharedName}.js`,
        external: true,
      }));
      build.onLoad({ filter: /./, namespace: 'shared' }, ({ path: file }) => ({
        contents: `module.exports = require('./${sharedName}.js').${keyOf(file)};`,
      }));
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
