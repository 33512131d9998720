import * as l10n from '@vscode/l10n';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { HumanError } from '../../core/humanError';
import { LineSplitter } from '../../core/log/lineSplitter';

const pieceSize = 1 << 20;

/**
 * Reads a log of any size, in pieces, and gives its lines in order; `-` is standard input. UTF-8 with or without a BOM and UTF-16
 * with one are read; what is neither comes through with replacement characters.
 */
export async function readLines(
  file: string,
  onLines: (lines: readonly string[]) => void | Promise<void>,
): Promise<void> {
  if (file !== '-') await checkReadable(file);
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: pieceSize });
  const splitter = new LineSplitter();
  let decoder: StringDecoder | SwappedDecoder | undefined;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      const isFirst = decoder === undefined;
      decoder ??= decoderFor(piece);
      const text = decoder.write(piece);
      const lines = splitter.push(isFirst ? text.replace(/^\uFEFF/, '') : text);
      if (lines.length > 0) await onLines(lines);
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  const last = [...splitter.push(decoder?.end() ?? ''), ...splitter.end()];
  if (last.length > 0) await onLines(last);
}

async function checkReadable(file: string): Promise<void> {
  try {
    if (!(await stat(file)).isDirectory()) return;
  } catch (error) {
    throw unreadable(file, error);
  }
  throw new HumanError(l10n.t('This is a folder. Name the log files in it.'), { place: { file } });
}

function unreadable(file: string, error: unknown): HumanError {
  const { code } = error as NodeJS.ErrnoException;
  const message =
    code === 'ENOENT'
      ? l10n.t('There is no such file.')
      : l10n.t('The file cannot be read ({0}).', code ?? String(error));
  return new HumanError(message, { place: { file }, cause: error });
}

function decoderFor(piece: Buffer): StringDecoder | SwappedDecoder {
  if (piece[0] === 0xff && piece[1] === 0xfe) return new StringDecoder('utf16le');
  if (piece[0] === 0xfe && piece[1] === 0xff) return new SwappedDecoder();
  return new StringDecoder('utf8');
}

/** UTF-16 with its bytes the other way round, which Node does not know by itself. */
class SwappedDecoder {
  private readonly inner = new StringDecoder('utf16le');
  private odd: Buffer = Buffer.alloc(0);

  write(piece: Buffer): string {
    const bytes = Buffer.concat([this.odd, piece]);
    const even = bytes.length - (bytes.length % 2);
    this.odd = bytes.subarray(even);
    return this.inner.write(Buffer.from(bytes.subarray(0, even)).swap16());
  }

  end(): string {
    return this.inner.end();
  }
}
