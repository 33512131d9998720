import type { ConfFile } from './anyConf';

/**
 * The conf files of a person who followed a tutorial: a master and a replica by name, three Sentinels that are copies of each other, and
 * the file of the installation still beside them. `ports`: master, replica, three Sentinels.
 */
export function noteConfs(
  ports: readonly [number, number, number, number, number] = [6379, 6380, 26379, 26380, 26381],
  options: { readonly replicaOf?: string; readonly downAfter?: number } = {},
): readonly ConfFile[] {
  const [master, replica, ...sentinels] = ports;
  const { replicaOf = 'slaveof', downAfter = 30_000 } = options;
  return [
    {
      path: 'redis.windows.conf',
      text: `# Redis configuration file example\nport ${master}\ndir ./\nsave 900 1\nsave 300 10\n`,
    },
    {
      path: 'conf/redis.master.conf',
      text: `# If port 0 is specified Redis will not listen on a TCP socket.\nport ${master}\n`,
    },
    {
      path: 'conf/redis.slave.conf',
      text: [
        '# If port 0 is specified Redis will not listen on a TCP socket.',
        `port ${replica}`,
        '# bind 127.0.0.1',
        'bind 127.0.0.1',
        '# slaveof <masterip> <masterport>',
        `${replicaOf} 127.0.0.1 ${master}`,
        '',
      ].join('\n'),
    },
    ...sentinels.map(port => ({
      path: `conf/sentinel${port}.conf`,
      text: [
        '# The port that this sentinel instance will run on',
        `port ${port}`,
        '',
        '# The valid charset is A-z 0-9 and the three characters ".-_".',
        `sentinel monitor mymaster 127.0.0.1 ${master} 2`,
        '',
        '# Default is 30 seconds.',
        `sentinel down-after-milliseconds mymaster ${downAfter}`,
        'sentinel parallel-syncs mymaster 1',
        '',
        '# Default is 3 minutes.',
        'sentinel failover-timeout mymaster 180000',
        '',
      ].join('\n'),
    })),
  ];
}
