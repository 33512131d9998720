import type { NodeSpec } from '../../src/core/model/lab';
import type { FollowedLog, LogSources } from '../../src/lab/ports';

type Take = (lines: readonly string[], firstLine: number) => void;

/** Logs that exist in memory only. */
export class FakeLogs implements LogSources {
  readonly ids = new Map<string, string>();
  readonly disposed: string[] = [];
  /** The moment it is, in milliseconds since 1970. */
  time = new Date(2026, 10, 23, 12).getTime();
  private readonly pasts = new Map<string, readonly string[]>();
  private readonly takes = new Map<string, Take>();
  private readonly next = new Map<string, number>();

  /** What is in a log before it is followed. */
  had(node: string, text: string): void {
    this.pasts.set(node, text.trimEnd().split('\n'));
  }

  /** Lines that a server writes now. */
  write(node: string, ...lines: readonly string[]): void {
    const first = this.next.get(node) ?? 1;
    this.next.set(node, first + lines.length);
    this.takes.get(node)?.(lines, first);
  }

  /** The file is removed; the next line is the first of another. */
  replace(node: string): void {
    this.next.set(node, 1);
  }

  follow(spec: NodeSpec, onLines: Take): FollowedLog {
    this.takes.set(spec.name, onLines);
    const given = (async () => {
      await Promise.resolve();
      const past = this.pasts.get(spec.name);
      if (past) this.write(spec.name, ...past);
    })();
    return { file: `/lab/${spec.log}`, past: given, dispose: () => this.disposed.push(spec.name) };
  }

  async sentinelId({ name }: NodeSpec): Promise<string | undefined> {
    return this.ids.get(name);
  }

  now(): number {
    return this.time;
  }
}
