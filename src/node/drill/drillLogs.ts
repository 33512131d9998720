import { seenIn, type SeenLine } from '../../core/drill/seenLine';
import { readLogLine } from '../../core/log/logLine';
import type { Recogniser } from '../../core/log/logRecord';
import type { Lab, NodeSpec } from '../../core/model/lab';
import { Emitter } from '../../lab/emitter';
import { LogTime } from '../../lab/logTime';
import type { DrillLogs } from '../../lab/drill/drillPorts';
import { LogFollower } from '../files/logFollower';
import type { LabPaths } from '../files/labPaths';

/** The log files of a lab while a drill runs. */
export class FollowedDrillLogs implements DrillLogs {
  readonly lines: SeenLine[] = [];
  private readonly added = new Emitter<void>();
  private readonly followers: LogFollower[] = [];
  private isStarted = false;

  constructor(
    private readonly paths: LabPaths,
    private readonly lab: Lab,
    private readonly recogniser: Recogniser,
  ) {}

  readonly onLines = this.added.event;

  async start(): Promise<void> {
    for (const node of this.lab.nodes) this.follow(node);
    await Promise.all(this.followers.map(follower => follower.start()));
    this.isStarted = true;
  }

  async catchUp(): Promise<void> {
    await Promise.all(this.followers.map(follower => follower.read()));
  }

  private follow(node: NodeSpec): void {
    const file = this.paths.log(node);
    const time = new LogTime(Date.now());
    const take = (texts: readonly string[], firstLine: number): void => {
      // The last line of before is only read for its number.
      if (!this.isStarted) return;
      let isNews = false;
      for (const [index, text] of texts.entries()) {
        const head = readLogLine(text);
        const at = time.at(head.time);
        const said = this.recogniser.recognise(head);
        if (!said) continue;
        isNews = true;
        this.lines.push({
          node: node.name,
          kind: node.kind,
          file,
          line: firstLine + index,
          at,
          text: head.message,
          ...seenIn(said),
        });
      }
      if (isNews) this.added.fire();
    };
    this.followers.push(new LogFollower(file, take, { lastLines: 1 }));
  }

  dispose(): void {
    for (const follower of this.followers) follower.dispose();
    this.added.dispose();
  }
}
