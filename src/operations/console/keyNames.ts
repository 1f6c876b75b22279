/** Codes of linux/input-event-codes.h by the names that keys have on a keyboard, in small letters. */
const codes: ReadonlyMap<string, number> = new Map([
  ...row(2, '1234567890-='),
  ...row(16, 'qwertyuiop[]'),
  ...row(30, "asdfghjkl;'`"),
  ...row(43, '\\zxcvbnm,./'),
  ...Array.from({ length: 10 }, (_, index): [string, number] => [`f${index + 1}`, 59 + index]),
  ['f11', 87],
  ['f12', 88],
  ['esc', 1],
  ['backspace', 14],
  ['tab', 15],
  ['enter', 28],
  ['space', 57],
  ['capslock', 58],
  ['numlock', 69],
  ['scrolllock', 70],
  ['ctrl', 29],
  ['rightctrl', 97],
  ['shift', 42],
  ['rightshift', 54],
  ['alt', 56],
  ['altgr', 100],
  ['super', 125],
  ['menu', 127],
  ['sysrq', 99],
  ['pause', 119],
  ['insert', 110],
  ['delete', 111],
  ['home', 102],
  ['end', 107],
  ['pageup', 104],
  ['pagedown', 109],
  ['up', 103],
  ['down', 108],
  ['left', 105],
  ['right', 106],
  ['power', 116],
  ['sleep', 142],
  ['wakeup', 143],
]);

/** Other words for the same keys. */
const synonyms: Readonly<Record<string, string>> = {
  control: 'ctrl',
  del: 'delete',
  ins: 'insert',
  escape: 'esc',
  return: 'enter',
  win: 'super',
  windows: 'super',
  meta: 'super',
  print: 'sysrq',
  printscreen: 'sysrq',
  pgup: 'pageup',
  pgdn: 'pagedown',
  plus: '=',
  minus: '-',
};

function row(first: number, keys: string): [string, number][] {
  return Array.from(keys, (key, index) => [key, first + index]);
}

/** VIR_DOMAIN_SEND_KEY_MAX_KEYS of libvirt-domain.h. */
const mostKeys = 16;

export type KeyCombination =
  { readonly codes: readonly number[] } | { readonly unknown: string } | { readonly tooMany: number };

/** Reads `Ctrl+Alt+Delete`: names of keys with `+` between, in any case, on a keyboard with the American layout. */
export function readKeys(text: string): KeyCombination {
  const names = text.split('+').map((name) => name.trim().toLowerCase().replace(/[ _]/g, ''));
  const unknown = names.find((name) => codeOf(name) === undefined);
  if (unknown !== undefined) return { unknown };
  if (names.length > mostKeys) return { tooMany: mostKeys };
  return { codes: names.map(codeOf).filter((code) => code !== undefined) };
}

function codeOf(name: string): number | undefined {
  return codes.get(synonyms[name] ?? name);
}
