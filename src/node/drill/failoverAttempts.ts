import { stat } from 'node:fs/promises';
import { lastAttempt, type FailoverAttempts } from '../../core/drill/failoverAttempt';
import { readLogLine } from '../../core/log/logLine';
import { Recogniser } from '../../core/log/logRecord';
import { readSentinelEvent } from '../../core/log/sentinelEvent';
import { sentinelNodes, type Lab } from '../../core/model/lab';
import { LogTime } from '../../lab/logTime';
import type { LabPaths } from '../files/labPaths';
import { readTail } from '../files/readTail';

/** How much of a log is looked at, in bytes: a few hundred lines, of which one attempt leaves some ten. */
const longestTail = 65_536;

/** Reads in the logs of a lab's Sentinels which of them have to wait before they begin the next failover. One that waits keeps it. */
export class FailoverAttemptReader {
  private readonly recogniser = new Recogniser();
  /** What a log of this size told. */
  private readonly known = new Map<string, { readonly size: number; readonly at: number | undefined }>();

  async read(lab: Lab, paths: LabPaths): Promise<FailoverAttempts> {
    const read = await Promise.all(
      sentinelNodes(lab).map(
        async node => [node.name, await this.attemptIn(paths.log(node), lab.masterName)] as const,
      ),
    );
    return new Map(read.flatMap(([name, at]) => (at === undefined ? [] : [[name, at] as const])));
  }

  private async attemptIn(file: string, master: string): Promise<number | undefined> {
    const size = await stat(file).then(
      info => info.size,
      () => 0,
    );
    const known = this.known.get(file);
    if (known?.size === size) return known.at;
    const time = new LogTime(Date.now());
    const lines = (await readTail(file, longestTail)).split('\n').flatMap(text => {
      const head = readLogLine(text);
      const at = time.at(head.time);
      const said = this.recogniser.recognise(head);
      if (!said) return [];
      const { id, event } = said;
      const masterName =
        event === undefined
          ? undefined
          : readSentinelEvent(event, head.message.slice(event.length + 1)).masterName;
      return [{ id, event, masterName, at }];
    });
    const at = lastAttempt(lines, master);
    this.known.set(file, { size, at });
    return at;
  }
}
