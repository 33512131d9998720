// What several programs contain is bundled once, into a file that they load: each of its modules runs when it is first needed.
import path from 'node:path';
import { root } from './paths.mjs';

/** What modules export, by their paths relative to the repository. @typedef {ReadonlyMap<string, readonly string[]>} SharedModules */

/** The name of the file in dist/, without its ending. */
export const sharedName = 'shared';

/**
 * Which modules of src/ are in more than one of these bundles, or check data with a library that would otherwise be in each bundle again.
 * @param {readonly import('esbuild').BuildOptions[]} builds
 * @returns {Promise<SharedModules>}
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
  for (const { metafile } of results)
    for (const [file, { imports }] of Object.entries(metafile?.inputs ?? {}))
      if (uses.has(file) && imports.some(({ path: found }) => found.includes('node_modules/valibot/')))
        uses.set(file, 2);
  return namesOf([...uses].flatMap(([file, count]) => (count > 1 ? [file] : [])).toSorted());
}

/**
 * What each module exports.
 * @param {readonly string[]} files
 * @returns {Promise<SharedModules>}
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
 * The build of the shared file.
 * @param {SharedModules} modules
 * @param {import('esbuild').BuildOptions} options
 * @returns {import('esbuild').BuildOptions}
 */
export function sharedBuild(modules, options) {
  const getters = [...modules.keys()].map(file => `get ${keyOf(file)}() { return require('./${file}'); },`);
  return {
    ...options,
    stdin: { contents: `module.exports = {\n${getters.join('\n')}\n};`, resolveDir: root, loader: 'js' },
    outfile: `dist/${sharedName}.js`,
  };
}

/**
 * Makes a program take shared modules from the shared file. Each name is taken once: asking the shared module at every use would be felt
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
      build.onResolve({ filter: /./, namespace: 'shared' }, () => ({
        path: `./${sharedName}.js`,
        external: true,
      }));
      build.onLoad({ filter: /./, namespace: 'shared' }, ({ path: file }) => ({
        contents: [
          `const shared = require('./${sharedName}.js').${keyOf(file)};`,
          ...(modules.get(file) ?? []).map(name => `export const ${name} = shared.${name};`),
        ].join('\n'),
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
