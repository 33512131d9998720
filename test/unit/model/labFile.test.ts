import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readLabFile } from '../../../src/core/model/labFile';
import { labOf } from '../../support/labs';
import { anyText } from '../../support/anyText';

/** The problems of a text as `line:column message`. */
function problems(text: string): string[] {
  const result = readLabFile(text, 'folder');
  return 'problems' in result
    ? result.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
    : [];
}

/** The text of a lab.json with a `‸` where the one problem should be found. */
function assertProblem(marked: string, message: string): void {
  const before = marked.slice(0, marked.indexOf('‸'));
  assert.notEqual(marked.indexOf('‸'), -1);
  const line = before.split('\n').length;
  const column = before.length - (before.lastIndexOf('\n') + 1) + 1;
  assert.deepEqual(problems(marked.replace('‸', '')), [`${line}:${column} ${message}`]);
}

const master = '"servers": [{ "port": 6379 }]';

describe('a faulty lab.json', () => {
  describe('is told of its syntax in one message', () => {
    const table: readonly (readonly [what: string, text: string, message: string])[] = [
      ['a missing comma', '{\n  "name": "a"\n  ‸"quorum": 2\n}', 'A comma is missing before this.'],
      ['a missing colon', '{\n  "name" ‸"a"\n}', 'A colon is missing before this.'],
      ['a missing value', '{\n  "name": ‸}', 'A value is missing here.'],
      ['a missing brace', '{\n  "name": "a"‸', 'A closing brace is missing.'],
      ['a missing bracket', '{ "servers": [{ "port": 1 }‸', 'A closing bracket is missing.'],
      ['a name without quotes', '{\n  ‸name: "a"\n}', 'This is not valid JSON.'],
      ['a second comma', '{ "name": "a",‸, }', 'A property name in double quotes is missing here.'],
      ['a text without its end', '{ "name": ‸"a }', 'A closing double quote is missing.'],
      ['nothing', '‸', 'A value is missing here.'],
    ];
    for (const [what, text, message] of table)
      it(what, () => {
        const found = problems(text.replace('‸', ''));
        assert.equal(found.length, 1);
        assertProblem(text, message);
      });
  });

  describe('is told where a value is wrong', () => {
    const table: readonly (readonly [what: string, text: string, message: string])[] = [
      ['no object', '‸[]', 'A lab is an object in braces.'],
      ['no servers', '‸{ "name": "a" }', '"servers" is missing.'],
      ['no port', '{ "servers": [\n  ‸{ }\n] }', '"servers.0.port" is missing.'],
      ['no node', '{ ‸"servers": [] }', '"servers" needs at least one node.'],
      ['servers that are no list', '{ ‸"servers": {} }', '"servers" has the wrong type.'],
      ['a node that is no object', '{ "servers": [‸6379] }', '"servers.0" has the wrong type.'],
      ['an unknown property', `{ ${master},\n  ‸"quorom": 2 }`, '"quorom" is not a property of a lab.'],
      [
        'an unknown property of a node',
        '{ "servers": [{ "port": 1, ‸"replica": 2 }] }',
        '"servers.0.replica" is not a property of a lab.',
      ],
      [
        'a Sentinel that replicates',
        `{ ${master}, "sentinels": [{ "port": 1, ‸"replicaOf": 6379 }] }`,
        '"sentinels.0.replicaOf" is not a property of a lab.',
      ],
      ['a port in quotes', '{ "servers": [{ ‸"port": "6379" }] }', '"servers.0.port" must be a number.'],
      ['half a port', '{ "servers": [{ ‸"port": 6379.5 }] }', '"servers.0.port" must be a whole number.'],
      ['port 0', '{ "servers": [{ ‸"port": 0 }] }', '"servers.0.port" must be at least 1.'],
      ['a high port', '{ "servers": [{ ‸"port": 65536 }] }', '"servers.0.port" must be at most 65535.'],
      ['null for a text', `{ ${master}, ‸"name": null }`, '"name" must be a text in quotes.'],
      ['an empty text', `{ ${master}, ‸"server": "" }`, '"server" must not be empty.'],
      ['two lines in a name', `{ ${master}, ‸"name": "a\\nb" }`, '"name" must be on one line.'],
      [
        'a second line behind a setting',
        `{ ${master}, "set": { ‸"maxmemory": "1mb\\nrequirepass x" } }`,
        '"set.maxmemory" must be on one line.',
      ],
      [
        'a carriage return in a path',
        '{ "servers": [{ "port": 1, ‸"conf": "a\\rb" }] }',
        '"servers.0.conf" must be on one line.',
      ],
      ['a NUL in a path', `{ ${master}, ‸"server": "a\\u0000b" }`, '"server" must be on one line.'],
      [
        'a master name with a blank',
        `{ ${master}, ‸"masterName": "my master" }`,
        '"masterName" may only have letters, digits and the characters . - _.',
      ],
      [
        'a setting that is no directive',
        `{ ${master}, "set": { ‸"min replicas": "1" } }`,
        '"set.min replicas" is not the name of a directive.',
      ],
      [
        'a setting that would be a comment',
        `{ ${master}, "set": { ‸"#save": "1" } }`,
        '"set.#save" is not the name of a directive.',
      ],
      [
        'a setting that is a number',
        `{ ${master}, "set": { ‸"hz": 1 } }`,
        '"set.hz" must be a text in quotes.',
      ],
      [
        'no time',
        `{ ${master}, ‸"downAfterMilliseconds": 0 }`,
        '"downAfterMilliseconds" must be at least 1.',
      ],
      [
        'a name that every object has',
        `{ ${master}, ‸"constructor": 1 }`,
        '"constructor" is not a property of a lab.',
      ],
    ];
    for (const [what, text, message] of table) it(what, () => assertProblem(text, message));
  });

  describe('is told how its nodes do not fit together', () => {
    const table: readonly (readonly [what: string, text: string, message: string])[] = [
      [
        'a port twice',
        '{ "servers": [\n  { "port": 1 },\n  { "port": 2, "replicaOf": 1 },\n  { ‸"port": 2, "replicaOf": 1 }\n] }',
        'Port 2 is given to two nodes; each needs its own.',
      ],
      [
        'a port of a server for a Sentinel',
        `{ ${master}, "sentinels": [{ "port": 1 }, { ‸"port": 6379 }] }`,
        'Port 6379 is given to two nodes; each needs its own.',
      ],
      [
        'two masters',
        '{ ‸"servers": [{ "port": 1 }, { "port": 2 }] }',
        'A lab starts with exactly one master: one node in "servers" without "replicaOf". Here are 2.',
      ],
      [
        'a master that is not there',
        '{ "servers": [{ "port": 1 }, { "port": 2, ‸"replicaOf": 3 }] }',
        'There is no node with port 3 in "servers".',
      ],
      [
        'a Sentinel for a master',
        '{ "servers": [{ "port": 1 }, { "port": 2, ‸"replicaOf": 3 }], "sentinels": [{ "port": 3 }] }',
        'There is no node with port 3 in "servers".',
      ],
      [
        'a replica of itself',
        '{ "servers": [{ "port": 1 }, { "port": 2, ‸"replicaOf": 2 }] }',
        'Node 2 cannot be a replica of itself.',
      ],
      [
        'more votes than voters',
        `{ ${master}, "sentinels": [{ "port": 1 }], ‸"quorum": 2 }`,
        'The quorum is 2, but there are only 1 Sentinels: they could never agree.',
      ],
    ];
    for (const [what, text, message] of table) it(what, () => assertProblem(text, message));

    it('a circle, at each of its nodes and not at those that hang on it', () => {
      const nodes = [
        '{ "port": 1 }',
        '{ "port": 2, "replicaOf": 3 }',
        '{ "port": 3, "replicaOf": 2 }',
        '{ "port": 4, "replicaOf": 3 }',
      ];
      assert.deepEqual(problems(`{ "servers": [\n${nodes.join(',\n')}\n] }`), [
        '3:14 Node 2 would replicate from itself in a circle.',
        '4:14 Node 3 would replicate from itself in a circle.',
      ]);
    });

    it('no master at all', () => {
      assert.deepEqual(
        problems('{ "servers": [{ "port": 1, "replicaOf": 2 }, { "port": 2, "replicaOf": 1 }] }'),
        [
          '1:28 Node 1 would replicate from itself in a circle.',
          '1:59 Node 2 would replicate from itself in a circle.',
          '1:3 A lab starts with exactly one master: one node in "servers" without "replicaOf". Here are 0.',
        ],
      );
    });
  });

  it('is told of all its faults at once', () => {
    const text = '{\n  "name": 1,\n  "quorum": "2",\n  "extra": true,\n  "servers": [{ "port": 70000 }]\n}';
    assert.deepEqual(
      problems(text)
        .map(problem => Number.parseInt(problem, 10))
        .toSorted((a, b) => a - b),
      [2, 3, 4, 5],
    );
  });

  it('has lines counted alike with the line ends of Windows', () => {
    const text = '{\n  "servers": [\n    { "port": 0 }\n  ]\n}';
    assert.deepEqual(problems(text), ['3:7 "servers.0.port" must be at least 1.']);
    assert.deepEqual(problems(text.replaceAll('\n', '\r\n')), problems(text));
  });

  it('never makes the reader throw, and every problem is at a place in the text', () => {
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.integer(),
        fc.string(),
        fc.constant(null),
        fc.boolean(),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 3 }),
      object: fc.dictionary(
        fc.constantFrom(
          'name',
          'servers',
          'sentinels',
          'port',
          'replicaOf',
          'set',
          'quorum',
          '__proto__',
          'toString',
          'x',
        ),
        tie('any'),
      ),
    })).object;
    const text = fc.oneof(
      anyText,
      fc
        .array(
          fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            ',',
            ':',
            '"servers"',
            '"port"',
            '1',
            '\n',
            '//',
            '/*',
            '"',
            ' ',
          ),
          { maxLength: 30 },
        )
        .map(parts => parts.join('')),
      value.map(object => JSON.stringify(object, undefined, 1)),
    );
    fc.assert(
      fc.property(text, source => {
        const result = readLabFile(source, 'folder');
        if ('lab' in result) return;
        assert.ok(result.problems.length > 0);
        const lines = source.split('\n');
        for (const { line, column, message } of result.problems) {
          assert.ok(line >= 1 && line <= lines.length, `line ${line}`);
          assert.ok(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1, `column ${column}`);
          assert.match(message, /\.$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a good lab.json', () => {
  it('needs no more than the port of a master', () => {
    assert.deepEqual(labOf('{ "servers": [{ "port": 7000 }] }'), {
      name: 'folder',
      masterName: 'mymaster',
      quorum: 1,
      downAfterMilliseconds: 5_000,
      failoverTimeout: 60_000,
      parallelSyncs: 1,
      server: undefined,
      settings: {},
      network: false,
      nodes: [
        {
          name: 'redis-7000',
          kind: 'server',
          port: 7000,
          listenPort: 7000,
          replicaOf: undefined,
          server: undefined,
          conf: 'conf/redis-7000.conf',
          hasOwnConf: false,
          data: 'data/redis-7000',
          log: 'log/redis-7000.log',
        },
      ],
    });
  });

  it('may have comments, commas at the end, a schema and the mark of a Windows editor', () => {
    const lab = labOf(
      '\uFEFF{\n  // the first one\n  "$schema": "x",\n  "servers": [{ "port": 1, }, /* no more */],\n}',
    );
    assert.equal(lab.nodes.length, 1);
  });

  it('gives everything it says', () => {
    const lab = labOf(`{
      "name": "실험 1", "masterName": "my.master_1-x", "quorum": 1, "downAfterMilliseconds": 1,
      "failoverTimeout": 2, "parallelSyncs": 3, "server": "/opt/redis server",
      "servers": [{ "port": 1 }, { "port": 2, "replicaOf": 1, "server": "valkey-server", "conf": "c", "log": "l" }],
      "sentinels": [{ "port": 3, "conf": "../s.conf" }],
      "set": { "maxmemory": "1mb", "save": "60 1" }
    }`);
    const { nodes, ...rest } = lab;
    assert.deepEqual(rest, {
      name: '실험 1',
      masterName: 'my.master_1-x',
      quorum: 1,
      downAfterMilliseconds: 1,
      failoverTimeout: 2,
      parallelSyncs: 3,
      server: '/opt/redis server',
      settings: { maxmemory: '1mb', save: '60 1' },
      network: false,
    });
    assert.deepEqual(
      nodes.map(({ name, replicaOf, server, conf, log }) => [name, replicaOf, server, conf, log]),
      [
        ['redis-1', undefined, undefined, 'conf/redis-1.conf', 'log/redis-1.log'],
        ['redis-2', 1, 'valkey-server', 'c', 'l'],
        ['sentinel-3', undefined, undefined, '../s.conf', 'log/sentinel-3.log'],
      ],
    );
  });

  it('has the majority for its quorum where it names none', () => {
    const quorum = (count: number): number =>
      labOf(
        JSON.stringify({
          servers: [{ port: 1 }],
          sentinels: Array.from({ length: count }, (_, at) => ({ port: at + 2 })),
        }),
      ).quorum;
    assert.deepEqual([1, 2, 3, 4, 5].map(quorum), [1, 2, 2, 3, 3]);
  });

  it('may have a chain of replicas', () => {
    assert.deepEqual(
      labOf(
        '{ "servers": [{ "port": 1 }, { "port": 2, "replicaOf": 1 }, { "port": 3, "replicaOf": 2 }] }',
      ).nodes.map(node => node.replicaOf),
      [undefined, 1, 2],
    );
  });

  it('does not take a second line from the name of its folder into a comment of a conf', () => {
    const result = readLabFile(`{ ${master} }`, 'lab\nrequirepass x\r');
    assert.ok('lab' in result);
    assert.doesNotMatch(result.lab.name, /[\r\n]/);
  });
});
