import { lastAttempt, type FailoverAttempts } from '../../core/drill/failoverAttempt';
import { readLogLine } from '../../core/log/logLine';
import { Recogniser } from '../../core/log/logRecord';
import { sentinelNodes, type Lab, type NodeSpec } from '../../core/model/lab';
import { LogTime } from '../../lab/logTime';
import type { LabPaths } from '../files/labPaths';
import { readTail } from '../files/readTail';

/** How much of a log is looked at, in bytes: a few hundred lines, of which one attempt leaves some ten. */
const longestTail = 65_536;

/** Reads in the logs of a lab's Sentinels which of them have to wait before they begin the next failover. */
export async function readFailoverAttempts(lab: Lab, paths: LabPaths): Promise<FailoverAttempts> {
  const recogniser = new Recogniser();
  const attemptOf = async (node: NodeSpec): Promise<number | undefined> => {
    const time = new LogTime(Date.now());
    const lines = (await readTail(paths.log(node), longestTail)).split('\n').flatMap(text => {
      const head = readLogLine(text);
      const at = time.at(head.time);
      const said = recogniser.recognise(head);
      return said ? [{ id: said.id, event: said.event, at }] : [];
    });
    return lastAttempt(lines);
  };
  const read = await Promise.all(
    sentinelNodes(lab).map(async node => [node.name, await attemptOf(node)] as const),
  );
  return new Map(read.flatMap(([name, at]) => (at === undefined ? [] : [[name, at] as const])));
}
