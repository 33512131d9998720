/** Whether a word is an IPv4 or IPv6 address and not a host name, as inet_pton() sees it (brackets are none). */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || (/^[0-9a-f:.%]+$/i.test(text) && text.includes(':'));
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256);
}
