import * as l10n from '@vscode/l10n';
import type { ConfLine } from '../conf/confText';
import { directiveName } from '../conf/directiveName';
import { oncePerMaster } from '../conf/sentinelStatements';
import type { DirectiveSpec } from '../conf/specs/directiveSpec';
import { columnsOf, type LintConf, type LintFinding } from './lintFinding';

/** Directives that stand twice although only the last one counts; and a master that is declared twice, which no Sentinel takes. */
export function repeatedDirectives(
  { conf, source }: LintConf,
  specs: ReadonlyMap<string, DirectiveSpec>,
): readonly LintFinding[] {
  const winners = new Map<string, ConfLine>();
  const findings: LintFinding[] = [];
  for (const line of conf.lines.toReversed()) {
    const subject = subjectOf(line, specs);
    if (subject === undefined) continue;
    const winner = winners.get(subject.key);
    if (winner) findings.push(finding(line, winner, subject, source.file));
    else winners.set(subject.key, line);
  }
  return findings.toReversed();
}

interface Subject {
  readonly name: string;
  readonly master: string;
  readonly key: string;
}

/** What a line is about: a second line about the same takes its place. Undefined where lines add up. */
function subjectOf(line: ConfLine, specs: ReadonlyMap<string, DirectiveSpec>): Subject | undefined {
  if (line.kind !== 'directive') return undefined;
  const name = directiveName(line);
  const spec = specs.get(name);
  if (!spec) return undefined;
  if (oncePerMaster.has(name)) {
    const master = line.words[2]?.value ?? '';
    return { name, master, key: `${name} ${master}` };
  }
  return spec.repeats ? undefined : { name, master: '', key: name };
}

function finding(line: ConfLine, winner: ConfLine, { name, master }: Subject, file: string): LintFinding {
  const isMonitor = name === 'sentinel monitor';
  return {
    rule: isMonitor ? 'shared-master-name' : 'duplicate-directive',
    severity: isMonitor ? 'error' : 'warning',
    values: { directive: name, line: line.line, last: winner.line, master },
    evidence: [line, winner].map(one => ({ file, line: one.line })),
    file,
    line: line.line,
    ...columnsOf(line),
    fixes: isMonitor
      ? []
      : [
          {
            title: l10n.t('Comment out: line {0} counts', winner.line),
            edits: [{ line: line.line, text: `# ${line.text}` }],
            isSafe: true,
          },
        ],
  };
}
