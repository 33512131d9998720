import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './repoRoot';

/** The text of a file in test/fixtures. */
export function fixture(name: string): string {
  return readFileSync(path.join(repoRoot, 'test/fixtures', name), 'utf8');
}

/** What a real server said to INFO, with the line ends of the protocol. */
export function infoFixture(name: string): string {
  return fixture(`info/${name}.txt`).replace(/\r?\n/g, '\r\n');
}

/** What a real Sentinel said to SENTINEL MASTER: one name or value a line. */
export function sentinelMasterFixture(name: string): readonly string[] {
  return fixture(`info/${name}-sentinel-master.txt`).trimEnd().split(/\r?\n/);
}
