import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { tellFinding, type RuleTexts } from '../../core/diagnose/ruleTexts';
import type { Severity } from '../../core/diagnose/finding';
import type { LintFinding, LintSource } from '../../core/lint/lintFinding';
import { probePath } from '../../node/files/probePath';
import { ConfReader } from '../../node/files/confReader';
import { readRuleTexts } from '../../node/files/ruleTexts';
import type { LabCatalog } from '../labs/labCatalog';
import type { ConfVersions } from './confVersions';
import { isConf } from './confVersions';
import { labConfOf } from './labConfs';

/** Between a keystroke and the look at the text, in milliseconds: while somebody types, only the last state counts. */
const typingTime = 10;
/** The same for the other confs of the lab: nobody looks at them while typing here. */
const neighbourTime = 300;
/** A folder of confs has few: more are something else. */
const mostNeighbours = 60;

/** What a diagnostic of ours stands for. */
interface ConfDiagnosis {
  readonly version: number;
  readonly findings: readonly LintFinding[];
}

/** Shows what is wrong in open confs, for the version that will read them and together with the other confs of the lab or folder. */
export class ConfDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('redis-ha-lab');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly known = new Map<string, ConfDiagnosis>();
  private readonly reader = new ConfReader();
  private readonly listening: vscode.Disposable;
  /** Confs that changed, since the others were looked at. */
  private readonly changed = new Set<string>();
  private neighbours: NodeJS.Timeout | undefined;
  private texts: RuleTexts | undefined;

  constructor(
    private readonly catalog: LabCatalog,
    private readonly versions: ConfVersions,
    private readonly l10nFolder: string,
  ) {
    const { workspace } = vscode;
    // Servers rewrite their confs, and other programs make folders of them.
    const files = workspace.createFileSystemWatcher('**/*.conf');
    const onDisk = ({ fsPath }: vscode.Uri): void => this.scheduleNeighbours(fsPath);
    this.listening = vscode.Disposable.from(
      workspace.onDidOpenTextDocument(document => this.schedule(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        this.schedule(document);
        if (contentChanges.length > 0 && isConf(document)) this.scheduleNeighbours(document.uri.fsPath);
      }),
      // What is on the disk counts for the confs beside it.
      workspace.onDidSaveTextDocument(document => {
        if (isConf(document)) this.lookAgain();
      }),
      files,
      files.onDidChange(onDisk),
      files.onDidCreate(onDisk),
      files.onDidDelete(onDisk),
      workspace.onDidCloseTextDocument(document => this.forget(document)),
      versions.onDidChange(() => this.lookAgain()),
    );
    this.lookAgain();
  }

  /** What was found in the text as it is now; undefined while it is being looked at. */
  findings(document: vscode.TextDocument): readonly LintFinding[] | undefined {
    const known = this.known.get(document.uri.toString());
    return known?.version === document.version ? known.findings : undefined;
  }

  /** Looks at a text now. */
  async look(document: vscode.TextDocument): Promise<readonly LintFinding[]> {
    const { version: textVersion, uri } = document;
    const [{ lintConfs }, { allDirectives }] = await Promise.all([
      import('../../core/lint/lintConfs'),
      import('../../core/conf/specs/allDirectives'),
    ]);
    const { version } = await this.versions.of(document);
    const sources = await this.sources(document);
    const isGone = await this.isGone(document);
    if (document.isClosed || document.version !== textVersion) return [];
    if (isGone) {
      this.forget(document);
      return [];
    }
    const probe = version.windows === (process.platform === 'win32') ? probePath : undefined;
    const findings = lintConfs(sources, version, allDirectives, probe).filter(
      ({ file }) => file === uri.fsPath,
    );
    this.known.set(uri.toString(), { version: textVersion, findings });
    this.collection.set(
      uri,
      findings.map(finding => this.diagnostic(finding, uri)),
    );
    return findings;
  }

  /** Looks at all open confs soon: something changed that no text shows. */
  lookAgain(): void {
    for (const document of vscode.workspace.textDocuments) this.schedule(document);
  }

  private schedule(document: vscode.TextDocument): void {
    if (!isConf(document)) {
      this.forget(document);
      return;
    }
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        void this.look(document);
      }, typingTime),
    );
  }

  /** The other open confs are looked at again once nothing has changed for a while. */
  private scheduleNeighbours(changed: string): void {
    this.changed.add(changed);
    clearTimeout(this.neighbours);
    this.neighbours = setTimeout(() => {
      const files = [...this.changed];
      this.changed.clear();
      for (const document of vscode.workspace.textDocuments)
        if (isConf(document) && files.some(file => this.isBeside(document, file))) this.schedule(document);
    }, neighbourTime);
  }

  /** Whether an open conf is checked together with this other file: of one lab, else in one folder. */
  private isBeside({ uri }: vscode.TextDocument, file: string): boolean {
    if (uri.fsPath === file) return false;
    const own = labConfOf(this.catalog, uri.fsPath);
    if (!own) return path.dirname(uri.fsPath) === path.dirname(file);
    return labConfOf(this.catalog, file)?.entry === own.entry;
  }

  private forget({ uri }: vscode.TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.known.delete(key);
    this.collection.delete(uri);
  }

  /** The conf itself, and those that belong to it: of its lab, else of its folder. */
  private async sources(document: vscode.TextDocument): Promise<readonly LintSource[]> {
    const file = document.uri.fsPath;
    const own = labConfOf(this.catalog, file);
    const self: LintSource = {
      file,
      text: document.getText(),
      ...(own ? { isSentinel: own.node.kind === 'sentinel' } : {}),
      ...(await this.encoding(document)),
    };
    if (document.uri.scheme !== 'file' || own?.isFirstForm) return [self];
    const neighbours = own
      ? own.lab.session.lab.nodes.map(node => ({
          file: own.lab.folder.paths.conf(node),
          isSentinel: node.kind === 'sentinel',
        }))
      : (await this.confsIn(path.dirname(file))).map(name => ({ file: name }));
    const read = await Promise.all(
      neighbours
        .filter(neighbour => neighbour.file !== file)
        .map(async neighbour => {
          const open = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === neighbour.file);
          const content = open ? { text: open.getText() } : await this.reader.read(neighbour.file);
          return content && { ...neighbour, ...content };
        }),
    );
    return [self, ...read.filter(source => source !== undefined)];
  }

  /** VS Code gives a text without its byte order mark and whatever its encoding: the bytes on the disk tell. */
  private async encoding({ uri, isDirty }: vscode.TextDocument): Promise<Partial<LintSource>> {
    if (uri.scheme !== 'file' || isDirty) return {};
    const content = await this.reader.read(uri.fsPath);
    if (!content) return {};
    return content.isUtf16
      ? { isUtf16: true }
      : content.text.startsWith('\uFEFF')
        ? { text: content.text }
        : {};
  }

  /** VS Code keeps a document for some minutes after its editor is closed, and its file may be gone by then. */
  private async isGone({ uri, isDirty }: vscode.TextDocument): Promise<boolean> {
    return uri.scheme === 'file' && !isDirty && (await this.reader.read(uri.fsPath)) === undefined;
  }

  private async confsIn(folder: string): Promise<readonly string[]> {
    const confs = await this.reader.confsIn(folder);
    return confs.length > mostNeighbours ? [] : confs;
  }

  private diagnostic(finding: LintFinding, uri: vscode.Uri): vscode.Diagnostic {
    this.texts ??= readRuleTexts(this.l10nFolder, vscode.env.language);
    const { title, cause, fix } = tellFinding(finding, this.texts);
    const { line, column, endColumn, rule, severity, evidence } = finding;
    const diagnostic = new vscode.Diagnostic(
      new vscode.Range(line - 1, column - 1, line - 1, endColumn - 1),
      `${title}\n${cause}\n${l10n.t('What to do: {0}', fix)}`,
      severities[severity],
    );
    diagnostic.source = 'Redis HA';
    diagnostic.code = rule;
    diagnostic.relatedInformation = evidence
      .filter(place => place.file !== uri.fsPath || place.line !== line)
      .map(
        place =>
          new vscode.DiagnosticRelatedInformation(
            new vscode.Location(vscode.Uri.file(place.file), new vscode.Position(place.line - 1, 0)),
            title,
          ),
      );
    return diagnostic;
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    clearTimeout(this.neighbours);
    this.listening.dispose();
    this.collection.dispose();
  }
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};
