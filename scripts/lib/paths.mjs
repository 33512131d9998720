// Where things are, found from this file upwards: the tests bundle this module into out/, where it lies deeper.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** In a CommonJS bundle `import.meta` is empty and `__dirname` exists; in a script it is the other way round. */
const here = import.meta.dirname ?? (typeof __dirname === 'string' ? __dirname : process.cwd());

/** The folder of the repository. */
export const root = findRoot(here);

/** Everything that a build, a test or a check writes, apart from the bundles in dist/. */
export const out = path.join(root, 'out');

/** The packed extension. */
export const vsix = path.join(out, 'redis-ha-lab.vsix');

/** @param {string} start */
function findRoot(start) {
  for (let dir = start; ; dir = path.dirname(dir)) {
    const manifest = path.join(dir, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'redis-ha-lab')
      return dir;
    if (dir === path.dirname(dir)) throw new Error(`${start} is not inside the redis-ha-lab repository.`);
  }
}
