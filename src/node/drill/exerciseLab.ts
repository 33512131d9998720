import { mkdir, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { spellingFor } from '../../core/conf/spellings';
import { applyConfEdit, confTargets, type ConfEdit } from '../../core/drill/confEdit';
import { readExercise, type Exercise } from '../../core/drill/exercise';
import type { ToldExercise } from '../../core/view/exerciseText';
import { readBuiltInDrills } from '../files/drillFiles';
import { readExerciseTexts } from '../files/drillTexts';
import type { LabFolder } from '../files/labFolder';
import type { ServerFinder } from '../serverFinder';
import { createTemporaryLab, type FindPorts } from './temporaryLab';

/** The exercises that come with the program, with their texts in a language. */
export function builtInExercises(
  programs: string,
  l10nFolder: string,
  language: string,
): readonly ToldExercise[] {
  const texts = readExerciseTexts(l10nFolder, language);
  return readBuiltInDrills(programs).exercises.flatMap(({ name, text: source }) => {
    const result = readExercise(source, name);
    const text = texts[name];
    return 'exercise' in result && text ? [{ exercise: result.exercise, text }] : [];
  });
}

/** Makes the lab of an exercise, still well, in a folder that is empty or not there, and named like it. */
export async function createExerciseLab(
  directory: string,
  { lab }: Exercise,
  finder: ServerFinder,
  findPorts?: FindPorts,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  await createTemporaryLab(directory, lab, basename(directory), finder, findPorts);
}

/** Sets a stopped lab up wrong: everything in its first form, and the confs as the exercise wants them. */
export async function breakLab(folder: LabFolder, { breakBy }: Exercise): Promise<void> {
  await folder.reset();
  await editConfs(folder, breakBy);
}

/** Changes confs of a stopped lab, with directives as the version of each node's server knows them. */
export async function editConfs(folder: LabFolder, edits: readonly ConfEdit[]): Promise<void> {
  for (const edit of edits)
    for (const node of confTargets(edit.conf, folder.spec)) {
      const { version } = await folder.server(node);
      const text = applyConfEdit(
        await folder.confText(node),
        edit,
        folder.spec,
        name => spellingFor(version, node.kind, name) ?? name,
      );
      await writeFile(folder.paths.conf(node), text);
    }
}

/** The confs of a lab as a person left them, by file. */
export type KeptConfs = ReadonlyMap<string, string>;

export async function keepConfs(folder: LabFolder): Promise<KeptConfs> {
  const texts = await Promise.all(
    folder.spec.nodes.map(async node => [folder.paths.conf(node), await folder.confText(node)] as const),
  );
  return new Map(texts.filter(([, text]) => text !== ''));
}

/** A stopped lab without data, with these confs: so each check begins where the first one began. */
export async function restoreConfs(folder: LabFolder, confs: KeptConfs): Promise<void> {
  await folder.reset();
  for (const [file, text] of confs) await writeFile(file, text);
}
