import * as vscode from 'vscode';
import { buildLogDocument, type LogDocument, type LogTools } from '../../core/editor/logDocument';
import type { TextLines } from '../../core/editor/textLines';

/** Reading works for so many milliseconds, then lets everything else in the extension host have its turn. */
const slice = 8;
/** After reading, a text that changes rests for so many times as long as reading took: a log that grows costs a tenth of a core. */
const restFactor = 10;

interface Reading {
  /** So many lines are read; what is appended meanwhile is left to the next reading. */
  readonly lineCount: number;
  /** Lines changed that may have been read already. */
  isVoid: boolean;
  done: Promise<LogDocument | undefined>;
}

interface Entry {
  built: { readonly version: number; readonly model: LogDocument } | undefined;
  reading: Reading | undefined;
  /** Milliseconds of the last reading, and when it ended. */
  took: number;
  endedAt: number;
}

/** What is known of the logs that are open: one model a document, made when it is asked for and again after a change. */
export class LogDocuments implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly listeners: vscode.Disposable;

  constructor(private readonly tools: LogTools) {
    this.listeners = vscode.Disposable.from(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const reading = this.entries.get(document.uri.toString())?.reading;
        // The last line may have grown.
        if (reading && contentChanges.some(({ range }) => range.start.line < reading.lineCount - 1))
          reading.isVoid = true;
      }),
    );
  }

  dispose(): void {
    this.listeners.dispose();
    this.entries.clear();
  }

  /** The model of the text; undefined when the text was closed or rewritten while it was read. */
  async get(document: vscode.TextDocument): Promise<LogDocument | undefined> {
    const entry = this.entryOf(document);
    if (entry.built?.version === document.version) return entry.built.model;
    if (!entry.reading) this.start(document, entry);
    return entry.reading?.done;
  }

  /** The newest model there is without waiting for longer than this. */
  async soon(document: vscode.TextDocument, milliseconds: number): Promise<LogDocument | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<undefined>(resolve => {
      timer = setTimeout(() => resolve(undefined), milliseconds);
    });
    const found = await Promise.race([this.get(document), patience]);
    clearTimeout(timer);
    return found ?? this.entries.get(document.uri.toString())?.built?.model;
  }

  private forget(uri: vscode.Uri): void {
    const entry = this.entries.get(uri.toString());
    if (entry?.reading) entry.reading.isVoid = true;
    this.entries.delete(uri.toString());
  }

  private entryOf(document: vscode.TextDocument): Entry {
    const key = document.uri.toString();
    let entry = this.entries.get(key);
    if (!entry) {
      entry = { built: undefined, reading: undefined, took: 0, endedAt: 0 };
      this.entries.set(key, entry);
    }
    return entry;
  }

  private start(document: vscode.TextDocument, entry: Entry): void {
    const reading: Reading = {
      lineCount: document.lineCount,
      isVoid: false,
      done: Promise.resolve(undefined),
    };
    entry.reading = reading;
    reading.done = this.read(document, entry, reading).finally(() => {
      if (entry.reading === reading) entry.reading = undefined;
    });
  }

  private async read(
    document: vscode.TextDocument,
    entry: Entry,
    reading: Reading,
  ): Promise<LogDocument | undefined> {
    const rest = entry.endedAt + entry.took * restFactor - performance.now();
    if (entry.built && rest > 0) await pause(rest);
    if (reading.isVoid) return undefined;
    const { version } = document;
    let took = 0;
    const steps = buildLogDocument(linesOfDocument(document), this.tools, {
      file: document.fileName,
      year: new Date().getFullYear(),
    });
    for (;;) {
      const began = performance.now();
      let step = steps.next();
      while (!step.done && performance.now() - began < slice) step = steps.next();
      took += performance.now() - began;
      if (step.done) {
        entry.built = { version, model: step.value };
        entry.took = took;
        entry.endedAt = performance.now();
        return step.value;
      }
      await new Promise(resolve => setImmediate(resolve));
      if (reading.isVoid) return undefined;
    }
  }
}

/** The lines of a document of VS Code, without a copy of it. */
export function linesOfDocument(document: vscode.TextDocument): TextLines {
  const { lineCount } = document;
  const count = document.lineAt(lineCount - 1).text === '' ? lineCount - 1 : lineCount;
  return { count, at: number => document.lineAt(number - 1).text };
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, milliseconds));
}
