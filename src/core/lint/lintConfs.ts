import { parseConf, type ConfLine } from '../conf/confText';
import { directiveName } from '../conf/directiveName';
import { isKnownDirective, similarDirective } from '../conf/directives';
import { compareVersions, displayVersion, type ServerVersion } from '../conf/serverVersion';
import type { DirectiveSpec } from '../conf/specs/directiveSpec';
import { readConfFacts } from '../diagnose/confFacts';
import { diagnoseForLint } from '../diagnose/diagnose';
import type { Finding } from '../diagnose/finding';
import { contradictions } from './contradictions';
import { encodingFixes, findingFixes } from './findingFixes';
import { checkLine, dropsUnknownLines, type ConfReader, type LineProblem } from './lineCheck';
import { fixesFor, commentOut } from './lineFixes';
import { columnsOf, type LintConf, type LintFinding, type LintSource } from './lintFinding';
import { repeatedDirectives } from './repeatedDirectives';
import { missingPaths, unwritableConf, type ProbePath } from './missingPaths';
import { pathProblem } from './windowsPaths';

/**
 * Finds what is wrong in confs that belong together, and how to repair it; by file and line. `version` is that of the server that will
 * read them; without it only what is wrong for every version is found.
 * `probe` looks at paths, where the confs are for this machine.
 */
export function lintConfs(
  sources: readonly LintSource[],
  version: ServerVersion | undefined,
  specs: ReadonlyMap<string, DirectiveSpec>,
  probe?: ProbePath,
): readonly LintFinding[] {
  const confs = sources.map(source => readLintConf(source));
  const shared = diagnoseForLint(
    confs.map(({ facts }) => facts),
    version,
  ).flatMap(finding => placed(finding, confs));
  const lines = version
    ? confs.flatMap(conf => [...lineFindings(conf, version, specs), ...contradictions(conf, version)])
    : [];
  const repeated = confs.flatMap(conf => repeatedDirectives(conf, specs));
  const missing = probe
    ? confs.flatMap(conf => [...missingPaths(conf, probe), ...unwritableConf(conf, probe)])
    : [];
  return [...lines, ...repeated, ...missing, ...shared].toSorted(
    (a, b) => order(confs, a.file) - order(confs, b.file) || a.line - b.line || a.column - b.column,
  );
}

function order(confs: readonly LintConf[], file: string): number {
  return confs.findIndex(conf => conf.source.file === file);
}

function readLintConf(source: LintSource): LintConf {
  const { file, text, isUtf16 = false, isSentinel } = source;
  return { source, conf: parseConf(text), facts: readConfFacts(file, { text, isUtf16 }, isSentinel) };
}

/** A finding of the diagnosis stands at its first line in each conf that it is about. */
function placed(finding: Finding, confs: readonly LintConf[]): readonly LintFinding[] {
  const seen = new Set<string>();
  return finding.evidence.flatMap(({ file, line }) => {
    const conf = confs.find(({ source }) => source.file === file);
    if (!conf || seen.has(file)) return [];
    seen.add(file);
    const at = conf.conf.lines[line - 1];
    const fixes =
      finding.rule === 'bad-bytes-in-conf' ? encodingFixes(conf) : findingFixes(finding, conf, confs, line);
    return [{ ...finding, file, line, ...columnsOf(at), fixes }];
  });
}

function lineFindings(
  known: LintConf,
  version: ServerVersion,
  specs: ReadonlyMap<string, DirectiveSpec>,
): readonly LintFinding[] {
  // Of a file in UTF-16 the server reads nothing: one finding says it all.
  if (known.source.isUtf16) return [];
  const { conf, facts, source } = known;
  const reader: ConfReader = { kind: facts.kind, version, specs };
  const hidden = new Set(facts.oddLines.map(({ line }) => line));
  return conf.lines.flatMap((line): readonly LintFinding[] => {
    const problem = checkLine(line, reader);
    // A directive with an invisible character is not unknown: that finding is made already.
    if (problem && !(hidden.has(line.line) && problem.what === 'not-supported')) {
      const { start, end } = problem;
      const place = { line: line.line, column: start + 1, endColumn: end + 1, file: source.file };
      return [
        {
          ...lineFinding(line, problem, reader),
          ...place,
          evidence: [{ file: source.file, line: line.line }],
          fixes: fixesFor(line, problem, reader),
        },
      ];
    }
    if (problem) return [];
    return [...ignoredByNewSentinel(line, reader, source.file), ...pathProblem(line, reader, source.file)];
  });
}

/** The finding's rule and words; its values are those that the texts of the rule name. */
function lineFinding(
  line: ConfLine,
  problem: LineProblem,
  reader: ConfReader,
): Pick<Finding, 'rule' | 'severity' | 'variant' | 'values'> {
  const text = line.text.trim();
  const values = { line: line.line, text, version: displayVersion(reader.version) };
  switch (problem.what) {
    case 'unbalanced-quotes':
      return { rule: 'bad-bytes-in-conf', severity: 'error', variant: 'unbalanced', values };
    case 'sentinel-in-server':
      return { rule: 'wrong-start-form', severity: 'error', variant: 'noFlag', values };
    case 'inline-comment':
      return {
        rule: 'inline-comment',
        severity: 'error',
        values: { ...values, comment: text.slice(problem.start) },
      };
    case 'wrong-count':
      return {
        rule: 'wrong-arguments',
        severity: isOverlooked(problem, reader.version) ? 'warning' : 'error',
        values: { ...values, directive: problem.name, usage: problem.usage },
      };
    case 'wrong-value':
      return {
        rule: 'value-not-accepted',
        severity: isOverlooked(problem, reader.version) ? 'warning' : 'error',
        variant: problem.problem.expected,
        values: {
          ...values,
          directive: problem.name,
          value: isSecret(problem.name) ? '…' : problem.value,
          ...problem.problem.values,
        },
      };
    case 'not-supported':
      return isFromSentinel(problem, reader)
        ? {
            rule: 'windows-sentinel-rewrite',
            severity: 'error',
            variant: 'conf',
            values: { ...values, directive: problem.name },
          }
        : unsupported(problem.name, reader, values);
  }
}

/** Before 6.0 some wrong lines are read as something else and do not end the start: a size with a wrong unit, half of a `save`. */
function isOverlooked(problem: LineProblem, { product, major }: ConfReader['version']): boolean {
  if (product !== 'redis' || major >= 6) return false;
  if (problem.what === 'wrong-count') return problem.name === 'save';
  return (
    problem.what === 'wrong-value' &&
    (problem.problem.expected === 'memory' || /^(?:replica|slave)of$/.test(problem.name))
  );
}

/** What a Sentinel writes by itself, and what the Windows port that reads it has no name for. */
function isFromSentinel({ name }: { readonly name: string }, { kind, version }: ConfReader): boolean {
  return (
    kind === 'sentinel' &&
    version.windows &&
    /^sentinel (?:myid|known-(?:replica|slave|sentinel))$/.test(name)
  );
}

function isSecret(name: string): boolean {
  return /pass|auth|user/.test(name);
}

function unsupported(
  name: string,
  { kind, version }: ConfReader,
  values: Finding['values'],
): Pick<Finding, 'rule' | 'severity' | 'variant' | 'values'> {
  if (name === 'replicaof' && compareVersions(version, firstReplicaof) < 0)
    return { rule: 'replicaof-not-supported', severity: 'error', values };
  const isKnown = isKnownDirective('server', name) || isKnownDirective('sentinel', name);
  const similar = similarDirective(name.startsWith('sentinel ') ? 'sentinel' : kind, name) ?? '';
  return {
    rule: 'directive-not-supported',
    severity: 'error',
    ...(isKnown ? {} : { variant: similar === '' ? 'unknown' : 'misspelt' }),
    values: { ...values, directive: name, similar },
  };
}

const firstReplicaof: ServerVersion = { product: 'redis', major: 5, minor: 0, patch: 0, windows: false };

/** A Sentinel of Redis 8 starts with directives that it does not know, and turns them into `# ???` when it saves its conf. */
function ignoredByNewSentinel(line: ConfLine, reader: ConfReader, file: string): readonly LintFinding[] {
  const { version } = reader;
  const name = directiveName(line);
  if (line.kind !== 'directive' || !dropsUnknownLines(reader, name)) return [];
  return [
    {
      rule: 'directive-not-supported',
      severity: 'warning',
      variant: 'ignored',
      values: { line: line.line, text: line.text.trim(), directive: name, version: displayVersion(version) },
      evidence: [{ file, line: line.line }],
      file,
      line: line.line,
      ...columnsOf(line),
      fixes: [commentOut(line, reader)],
    },
  ];
}
