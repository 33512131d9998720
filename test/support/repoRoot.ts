export { root as repoRoot } from '../../scripts/lib/paths.mjs';
