/**
 * The categories of the commands that replication and Sentinel need (Redis docs, ACL: COMMAND INFO of 7.0). What a server has changed
 * about them since (ROLE, CLIENT) is left out.
 */
const categories: Readonly<Record<string, readonly string[]>> = {
  ping: ['fast', 'connection'],
  info: ['slow', 'dangerous'],
  publish: ['pubsub', 'fast'],
  subscribe: ['pubsub', 'slow'],
  multi: ['fast', 'transaction'],
  exec: ['slow', 'transaction'],
  slaveof: ['admin', 'slow', 'dangerous'],
  'config|rewrite': ['admin', 'slow', 'dangerous'],
  'client|kill': ['admin', 'slow', 'dangerous', 'connection'],
  psync: ['admin', 'slow', 'dangerous'],
  replconf: ['admin', 'slow', 'dangerous'],
};

/**
 * Which of the commands a user may not run, by the rules behind its name in a `user` line, read from left to right (acl.c,
 * `ACLSetUser`). Commands in lower case, with a sub-command as `config|rewrite`; only those with known categories can be asked for.
 */
export function missingCommands(rules: readonly string[], commands: readonly string[]): readonly string[] {
  const allowed = new Set<string>();
  let isOn = false;
  for (const rule of rules.map(word => word.toLowerCase())) {
    if (rule === 'on') isOn = true;
    else if (rule === 'off') isOn = false;
    else if (rule === 'reset') {
      isOn = false;
      allowed.clear();
    } else {
      const change = commandRule(rule);
      if (!change) continue;
      for (const command of commands) {
        if (!concerns(change.what, command)) continue;
        if (change.isAllowed) allowed.add(command);
        else allowed.delete(command);
      }
    }
  }
  return commands.filter(command => !isOn || !allowed.has(command));
}

function commandRule(rule: string): { readonly isAllowed: boolean; readonly what: string } | undefined {
  if (rule === 'allcommands' || rule === 'nocommands')
    return { isAllowed: rule === 'allcommands', what: '@all' };
  const sign = rule.charAt(0);
  return sign === '+' || sign === '-' ? { isAllowed: sign === '+', what: rule.slice(1) } : undefined;
}

function concerns(what: string, command: string): boolean {
  if (what === '@all') return true;
  if (what.startsWith('@')) return categories[command]?.includes(what.slice(1)) ?? false;
  return what === command || what === command.split('|')[0];
}

const aclWords: ReadonlySet<string> = new Set([
  'on',
  'off',
  'nopass',
  'resetpass',
  'allkeys',
  'resetkeys',
  'allchannels',
  'resetchannels',
  'allcommands',
  'nocommands',
  'reset',
  'sanitize-payload',
  'skip-sanitize-payload',
  'clearselectors',
  // Valkey 9.1
  'alldbs',
  'resetdbs',
]);

/** The first rule of a `user` line that no version knows: a word that is none, without one of the signs in front (acl.c, `ACLSetUser`). */
export function unknownRule(rules: readonly string[]): string | undefined {
  return rules.find(
    rule => /^[a-z-]+$/i.test(rule) && !rule.startsWith('-') && !aclWords.has(rule.toLowerCase()),
  );
}
