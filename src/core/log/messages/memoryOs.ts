import type { MessageSpec } from './messageSpec';

/** Messages about memory and os. */
export const memoryOsMessages: readonly MessageSpec[] = [
  {
    id: 'warning-new-maxmemory-value-set-via-config',
    source: 'config.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'WARNING: the new maxmemory value set via CONFIG SET ({maxmemory:int}) is smaller than the current memory usage ({usedBytes:int}). This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.',
      'WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in keys eviction and/or inability to accept new write commands depending on the maxmemory-policy.',
      'WARNING: the new maxmemory value set via CONFIG SET is smaller than the current memory usage. This will result in key eviction and/or the inability to accept new write commands depending on the maxmemory-policy.',
    ],
    weight: 'problem',
  },
  {
    id: 'fast-memory-test',
    source: 'debug.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['------ FAST MEMORY TEST ------', '--- FAST MEMORY TEST'],
    weight: 'detail',
  },
  {
    id: 'memory-error-detected-check-your-memory-asap',
    source: 'debug.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['!!! MEMORY ERROR DETECTED! Check your memory ASAP !!!'],
    weight: 'problem',
  },
  {
    id: 'fast-memory-test-passed-however-your-memory',
    source: 'debug.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'Fast memory test PASSED, however your memory can still be broken. Please run a memory test for several hours if possible.',
    ],
    weight: 'detail',
  },
  {
    id: 'short-read-or-oom-loading-db-unrecoverable',
    source: 'rdb.c',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Short read or OOM loading DB. Unrecoverable error, aborting now.'],
    weight: 'problem',
  },
  {
    id: 'unable-obtain-current-nofile-limit-assuming-1024',
    source: 'server.c, adjustOpenFilesLimit()',
    versions: '2.8.24-, valkey all',
    wordings: [
      'Unable to obtain the current NOFILE limit ({error}), assuming 1024 and setting the max clients configuration accordingly.',
    ],
    weight: 'noteworthy',
  },
  {
    id: 'your-current-ulimit-n-not-enough-server',
    source: 'server.c, adjustOpenFilesLimit()',
    versions: '2.8.24-, valkey all',
    wordings: [
      "Your current 'ulimit -n' of {fileLimit:int} is not enough for the server to start. Please increase your open file limit to at least {maxFiles:int}. Exiting.",
      "Your current 'ulimit -n' of {fileLimit:int} is not enough for Redis to start. Please increase your open file limit to at least {maxFiles:int}. Exiting.",
    ],
    weight: 'problem',
  },
  {
    id: 'you-requested-maxclients-requiring-least-max-file',
    source: 'server.c, adjustOpenFilesLimit()',
    versions: '2.8.24-, valkey all',
    wordings: [
      'You requested maxclients of {maxclients:int} requiring at least {maxFiles:int} max file descriptors.',
    ],
  },
  {
    id: 'server-cant-set-maximum-open-files-because',
    source: 'server.c, adjustOpenFilesLimit()',
    versions: '2.8.24-, valkey all',
    wordings: [
      "Server can't set maximum open files to {maxFiles:int} because of OS error: {error}.",
      "Redis can't set maximum open files to {maxFiles:int} because of OS error: {error}.",
    ],
  },
  {
    id: 'current-maximum-open-files-maxclients-has-been',
    source: 'server.c, adjustOpenFilesLimit()',
    versions: '2.8.24-, valkey all',
    wordings: [
      "Current maximum open files is {fileLimit:int}. maxclients has been reduced to {maxclients:int} to compensate for low ulimit. If you need higher maxclients increase 'ulimit -n'.",
    ],
    weight: 'noteworthy',
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because',
    source: 'server.c, checkTcpBacklogSettings()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'WARNING: The TCP backlog setting of {backlog:int} cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of {limit:int}.',
    ],
  },
  {
    id: 'warning-32-bit-instance-detected-but-no',
    source: 'server.c, initServer()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      "Warning: 32 bit instance detected but no memory limit set. Setting 3 GB maxmemory limit with 'noeviction' policy now.",
    ],
    weight: 'noteworthy',
  },
  {
    id: 'warning-overcommit-memory-set-0-background-save',
    source: 'server.c, linuxMemoryWarnings()',
    versions: '2.8.24-6.0.20, windows all',
    wordings: [
      "WARNING overcommit_memory is set to 0! Background save may fail under low memory condition. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
    ],
  },
  {
    id: 'warning-you-have-transparent-huge-pages-thp',
    source: 'server.c, linuxMemoryWarnings()',
    versions: '2.8.24-6.2.16, windows all',
    wordings: [
      "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo madvise > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled (set to 'madvise' or 'never').",
      "WARNING you have Transparent Huge Pages (THP) support enabled in your kernel. This will create latency and memory usage issues with Redis. To fix this issue run the command 'echo never > /sys/kernel/mm/transparent_hugepage/enabled' as root, and add it to your /etc/rc.local in order to retain the setting after a reboot. Redis must be restarted after THP is disabled.",
    ],
  },
  {
    id: 'out-memory-allocating-bytes',
    source: 'server.c, redisOutOfMemoryHandler()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['Out Of Memory allocating {bytes:int} bytes!', 'Out Of Memory allocating {bytes:int} bytes.'],
    weight: 'problem',
  },
  {
    id: 'warning-you-specified-maxmemory-value-less-than',
    source: 'server.c, main()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: [
      'WARNING: You specified a maxmemory value that is less than 1MB (current value is {bytes:int} bytes). Are you sure this is what you really want?',
    ],
    weight: 'noteworthy',
  },
  {
    id: 'failed-madvise',
    source: 'server.c, linuxMadvFreeForkBugCheck()',
    versions: '5.0.14-6.2.16, windows 5.0.14',
    wordings: ['Failed to madvise(): {error}'],
    weight: 'noteworthy',
  },
  {
    id: 'unable-write-oom-score-adj',
    source: 'server.c, setOOMScoreAdj()',
    versions: '6.0.20-, valkey all',
    wordings: ['Unable to write oom_score_adj: {error}'],
    weight: 'noteworthy',
  },
  {
    id: 'over-client-maxmemory-after-evicting-all-evictable',
    source: 'networking.c, evictClients()',
    versions: '7.0.15-, valkey all',
    wordings: ['Over client maxmemory after evicting all evictable clients'],
    weight: 'noteworthy',
  },
  {
    id: 'unable-read-oom-score-adj',
    source: 'server.c, setOOMScoreAdj()',
    versions: '7.0.15-, valkey all',
    wordings: ['Unable to read oom_score_adj: {error}'],
    weight: 'noteworthy',
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because-2',
    source: 'server.c, checkTcpBacklogSettings()',
    versions: '7.0.15-, valkey all',
    wordings: [
      'WARNING: The TCP backlog setting of {backlog:int} cannot be enforced because kern.ipc.somaxconn is set to the lower value of {limit:int}.',
    ],
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because-3',
    source: 'server.c, checkTcpBacklogSettings()',
    versions: '7.0.15-, valkey all',
    wordings: [
      'WARNING: The TCP backlog setting of {backlog:int} cannot be enforced because kern.somaxconn is set to the lower value of {limit:int}.',
    ],
  },
  {
    id: 'warning-tcp-backlog-setting-cannot-enforced-because-4',
    source: 'server.c, checkTcpBacklogSettings()',
    versions: '7.0.15-, valkey all',
    wordings: [
      'WARNING: The TCP backlog setting of {backlog:int} cannot be enforced because SOMAXCONN is set to the lower value of {limit:int}.',
    ],
  },
  {
    id: 'windows-version-redis-allocates-memory-mapped-heap',
    source: 'Win32_Interop/Win32_QFork.cpp, ReportSpecialSystemErrors()',
    versions: 'windows 2.8.2101',
    wordings: ['The Windows version of Redis allocates a memory mapped heap for sharing with'],
    weight: 'problem',
  },
  {
    id: 'windows-version-redis-allocates-large-memory-mapped',
    source: 'Win32_Interop/Win32_QFork.cpp, ReportSpecialSystemErrors()',
    versions: 'windows 2.8.2101',
    wordings: ['The Windows version of Redis allocates a large memory mapped file for sharing'],
    weight: 'problem',
  },
  {
    id: 'mapviewoffileex-failed-error-0x',
    source: 'Win32_Interop/Win32_QFork.cpp, VectoredHeapMapper()',
    versions: 'windows 2.8.2101',
    wordings: ['MapViewOfFileEx failed with error 0x{errorCode:word}.'],
    weight: 'detail',
  },
  {
    id: 'system-paging-file-too-small-operation-complete',
    source: 'Win32_Interop/Win32_QFork.cpp, VectoredHeapMapper()',
    versions: 'windows 2.8.2101',
    wordings: ['The system paging file is too small for this operation to complete.'],
    weight: 'problem',
  },
  {
    id: 'more-information-configuring-system-paging-file-redis',
    source: 'Win32_Interop/Win32_QFork.cpp, VectoredHeapMapper()',
    versions: 'windows 2.8.2101',
    wordings: ['for more information on configuring the system paging file for Redis.'],
    weight: 'detail',
  },
  {
    id: 'getperformanceinfo-failed',
    source: 'Win32_Interop/Win32_QFork.cpp, QForkStartup()',
    versions: 'windows all',
    wordings: ['GetPerformanceInfo failed.'],
    weight: 'problem',
  },
  {
    id: 'windows-version-redis-reserves-heap-memory-system',
    source: 'Win32_Interop/Win32_QFork.cpp, ReportSpecialSystemErrors()',
    versions: 'windows 3.0.504-',
    wordings: ['The Windows version of Redis reserves heap memory from the system paging file'],
    weight: 'problem',
  },
  {
    id: 'physicalmapmemory-system-error-0x',
    source: 'Win32_Interop/Win32_QFork.cpp, PhysicalMapMemory()',
    versions: 'windows 3.0.504-',
    wordings: ['PhysicalMapMemory: system error 0x{errorCode:word} - {error}'],
    weight: 'problem',
  },
  {
    id: 'physicalmapmemory-runtime-error',
    source: 'Win32_Interop/Win32_QFork.cpp, PhysicalMapMemory()',
    versions: 'windows 3.0.504-',
    wordings: ['PhysicalMapMemory: runtime error - {error}'],
    weight: 'problem',
  },
  {
    id: 'physicalmapmemory-exception-caught',
    source: 'Win32_Interop/Win32_QFork.cpp, PhysicalMapMemory()',
    versions: 'windows 3.0.504-',
    wordings: ['PhysicalMapMemory: exception caught'],
    weight: 'problem',
  },
  {
    id: 'freeheapblock-address-memory-map-heap-0x',
    source: 'Win32_Interop/Win32_QFork.cpp, FreeHeapBlock()',
    versions: 'windows 3.0.504-',
    wordings: ['FreeHeapBlock: address in memory map heap 0x{address:word}'],
    weight: 'detail',
  },
  {
    id: 'err-zmalloc-out-memory-trying-allocate-bytes',
    source: 'zmalloc.c, zmalloc_default_oom()',
    versions: '2.8.24-, valkey all, windows all',
    wordings: ['zmalloc: Out of memory trying to allocate {bytes:int} bytes'],
    weight: 'problem',
  },
];
