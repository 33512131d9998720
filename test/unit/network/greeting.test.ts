import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Greeting, type Heard, type Opener } from '../../../src/core/network/greeting';
import { readCommand, writeCommand } from '../../../src/core/network/readCommand';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const command = (...words: string[]): string => textOf(writeCommand(words));
/** Nodes 6379 to 6381 listen 12000 higher. */
const publicPort = (port: number): number | undefined =>
  [6379, 6380, 6381].find(known => known === port || known + 12_000 === port);

/** What comes out when the text comes in these pieces: all bytes that may go on, and who it is. */
function hear(...pieces: string[]): { opener: Opener | undefined; text: string } {
  const greeting = new Greeting(publicPort);
  let opener: Opener | undefined;
  let text = '';
  for (const piece of pieces) {
    if (opener) {
      text += piece;
      continue;
    }
    const heard: Heard = greeting.hear(bytesOf(piece));
    text += textOf(heard.bytes);
    opener = heard.opener;
  }
  return { opener, text: opener ? text : text + textOf(greeting.unfinished) };
}

const sentinel = command('CLIENT', 'SETNAME', 'sentinel-0123abcd-cmd') + command('PING') + command('INFO');
const replica =
  command('PING') +
  command('AUTH', 'secret with\r\nlines') +
  command('REPLCONF', 'listening-port', '6380') +
  command('REPLCONF', 'ip-address', '127.0.0.1') +
  command('PSYNC', '?', '-1');

describe('a greeting', () => {
  it('tells a Sentinel by the name it gives its connections', () => {
    assert.deepEqual(hear(sentinel), { opener: { kind: 'sentinel', id: '0123abcd' }, text: sentinel });
    const subscriber = command('AUTH', 'x') + command('CLIENT', 'SETNAME', 'sentinel-0123abcd-pubsub');
    assert.deepEqual(hear(subscriber).opener, { kind: 'sentinel', id: '0123abcd' });
  });

  it('tells a replica by the port it announces', () => {
    assert.deepEqual(hear(replica), { opener: { kind: 'replica', port: 6380 }, text: replica });
  });

  it('tells a replica up to 6.0, which speaks in lines', () => {
    const lines = 'PING\r\nREPLCONF listening-port 6381\r\n';
    assert.deepEqual(hear(lines), { opener: { kind: 'replica', port: 6381 }, text: lines });
  });

  it('announces a replica that only tells where it listens', () => {
    const told = command('PING') + command('REPLCONF', 'listening-port', '6380') + 'REPLCONF capa eof\r\n';
    for (const text of [
      'PING\r\nREPLCONF listening-port 18380\r\nREPLCONF capa eof\r\n',
      command('PING') + command('replconf', 'Listening-Port', '18380') + 'REPLCONF capa eof\r\n',
    ]) {
      const heard = hear(text);
      assert.deepEqual(heard.opener, { kind: 'replica', port: 6380 });
      assert.equal(heard.text.replace(/^PING\r\n/, command('PING')).toLowerCase(), told.toLowerCase());
    }
  });

  it('leaves a replica of somebody else as it is', () => {
    const text = command('REPLCONF', 'listening-port', '7777');
    assert.deepEqual(hear(text), { opener: { kind: 'replica', port: 7777 }, text });
  });

  it('tells clients, with the names that ours have', () => {
    const client = (name?: string): Opener => ({ kind: 'client', name });
    assert.deepEqual(hear(command('SET', 'a', 'b')).opener, client());
    assert.deepEqual(hear('SET a b\r\n').opener, client());
    assert.deepEqual(hear(command('CLIENT', 'SETNAME', 'client-probe')).opener, client('probe'));
    assert.deepEqual(
      hear(command('HELLO', '3', 'AUTH', 'default', 'x', 'SETNAME', 'client-probe')).opener,
      client('probe'),
    );
    assert.deepEqual(hear(command('CLIENT', 'SETNAME', 'my-app')).opener, client());
    assert.deepEqual(hear(command('PING') + command('PING')).opener, client());
    assert.deepEqual(hear('GET / HTTP/1.1\r\n').opener, client());
    assert.deepEqual(hear('*99999999\r\n').opener, client());
    assert.deepEqual(hear('\0\0\n').opener, client());
  });

  it('waits as long as the words do not tell, and lets them pass', () => {
    const text =
      command('HELLO', '3') + command('CLIENT', 'SETINFO', 'lib-name', 'x') + command('PING') + '\r\n';
    assert.deepEqual(hear(text), { opener: undefined, text });
  });

  it('gives every byte on once, and says the same wherever the pieces begin', () => {
    const cuts = fc.array(fc.nat({ max: sentinel.length + replica.length }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(sentinel, replica), cuts, (text, places) => {
        const at = [0, ...places.toSorted((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        assert.deepEqual(hear(...pieces), hear(text));
      }),
    );
  });

  it('takes anything at all without losing a byte, and ends a greeting that is too long', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary-ascii', maxLength: 50 })), pieces => {
        assert.equal(hear(...pieces).text, pieces.join(''));
      }),
    );
    const endless = 'A'.repeat(1_000);
    assert.deepEqual(hear(...Array<string>(100).fill(endless)).opener, { kind: 'client', name: undefined });
  });
});

describe('readCommand', () => {
  it('reads back what writeCommand wrote, and nothing of a part of it', () => {
    const word = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map(code => String.fromCharCode(code)) });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), words => {
        const bytes = writeCommand(words);
        assert.deepEqual(readCommand(bytes, 0), { words, end: bytes.length });
        for (let end = 0; end < bytes.length; end += 1 + Math.floor(bytes.length / 20))
          assert.equal(readCommand(bytes.subarray(0, end), 0), undefined);
      }),
    );
  });
});
