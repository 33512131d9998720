import { rm } from 'node:fs/promises';
import type { ExitRecord, ObservedProcess, RunRecord } from '../../core/model/runRecord';
import { lifeOf } from '../process/identity';
import { readJson, writeWhole } from './jsonFile';
import type { LabPaths } from './labPaths';

/** Notes who was started: from here on the node belongs to the lab until {@link forgetRun}. */
export async function writeRunRecord(paths: LabPaths, record: RunRecord): Promise<void> {
  await rm(paths.exitRecord(record.node), { force: true });
  await writeWhole(paths.runRecord(record.node), record);
}

/** Notes how a node ended without being stopped. */
export async function writeExitRecord(paths: LabPaths, node: string, exit: ExitRecord): Promise<void> {
  await writeWhole(paths.exitRecord(node), exit);
}

export async function readRunRecord(paths: LabPaths, node: string): Promise<RunRecord | undefined> {
  const record = await readJson(paths.runRecord(node));
  return isRunRecord(record) ? record : undefined;
}

/**
 * A node that was stopped on purpose leaves no record: one that is left behind by a dead process tells of a crash. The record of
 * another process than `pid` stays: the node was started again in the meantime.
 */
export async function forgetRun(paths: LabPaths, node: string, pid: number): Promise<void> {
  const record = await readRunRecord(paths, node);
  if (record !== undefined && record.pid !== pid) return;
  await rm(paths.runRecord(node), { force: true });
  await rm(paths.exitRecord(node), { force: true });
  await rm(paths.output(node), { force: true });
}

export async function observeProcess(paths: LabPaths, node: string): Promise<ObservedProcess> {
  const record = await readRunRecord(paths, node);
  if (!record) return { record: undefined, life: 'gone', exit: undefined };
  const life = await lifeOf(record);
  const exit = life === 'gone' ? await readJson(paths.exitRecord(node)) : undefined;
  return { record, life, exit: isExitRecord(exit) && exit.pid === record.pid ? exit : undefined };
}

function isRunRecord(value: unknown): value is RunRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Partial<Record<keyof RunRecord, unknown>>;
  return (
    typeof record.node === 'string' &&
    Number.isInteger(record.pid) &&
    Number(record.pid) > 1 &&
    typeof record.startTime === 'string' &&
    typeof record.executable === 'string'
  );
}

function isExitRecord(value: unknown): value is ExitRecord {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<ExitRecord>).pid === 'number'
  );
}
