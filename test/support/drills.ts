import path from 'node:path';
import { readDrillFiles, type DrillFile } from '../../src/node/files/drillFiles';
import { repoRoot } from './repoRoot';

/** The built-in scenarios as they stand in the repository. */
export function scenarioFiles(): readonly DrillFile[] {
  return readDrillFiles(path.join(repoRoot, 'scenarios'), '.json');
}

/** The built-in exercises. */
export function exerciseFiles(): readonly DrillFile[] {
  return readDrillFiles(path.join(repoRoot, 'exercises'), '.json');
}
