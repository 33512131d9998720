import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A scenario or exercise as text. */
export interface DrillFile {
  readonly name: string;
  readonly text: string;
}

/** The drills that come with the program. */
export interface BuiltInDrills {
  readonly scenarios: readonly DrillFile[];
  readonly exercises: readonly DrillFile[];
}

/** Reads `drills.json` beside the programs, which the build makes of scenarios/ and exercises/. Synchronous: one small file, read when a drill is chosen. */
export function readBuiltInDrills(distFolder: string): BuiltInDrills {
  const packed = JSON.parse(readFileSync(path.join(distFolder, 'drills.json'), 'utf8')) as Readonly<
    Record<keyof BuiltInDrills, Readonly<Record<string, string>>>
  >;
  const filesOf = (texts: Readonly<Record<string, string>>): readonly DrillFile[] =>
    Object.entries(texts).map(([name, text]) => ({ name, text }));
  return { scenarios: filesOf(packed.scenarios), exercises: filesOf(packed.exercises) };
}

/** The ends of a file's name: of a person's own scenario, so that editors know what it is, and of a built-in one. */
const ends = /(?:\.scenario)?\.json$/;

/** Reads a file as a drill named like it. */
export function readDrillFile(file: string): DrillFile {
  return { name: path.basename(file).replace(ends, ''), text: readFileSync(file, 'utf8') };
}

/** The drills of a folder whose names end with `end`, by name; none where there is no such folder. */
export function readDrillFiles(folder: string, end = '.scenario.json'): readonly DrillFile[] {
  return namesIn(folder)
    .filter(name => name.endsWith(end))
    .toSorted()
    .map(name => readDrillFile(path.join(folder, name)));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
