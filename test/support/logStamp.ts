const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment as a server writes it before each line, in the time of this machine: `23 Nov 2026 06:47:41.584`. */
export function logStamp(at: Date): string {
  const day = `${pad(at.getDate())} ${months[at.getMonth()]} ${at.getFullYear()}`;
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(part => pad(part)).join(':');
  return `${day} ${clock}.${pad(at.getMilliseconds(), 3)}`;
}
