import { isSpace, nameAt } from './characters.ts';
import type { FaultList } from './faults.ts';

/** Reads a comment at `start`, `closing` being where its `-->` is, or -1. An unclosed one is taken to end with its line. */
export function readComment(text: string, start: number, closing: number, faults: FaultList): number {
  const body = start + '<!--'.length;
  const content = text.slice(body, closing < 0 ? undefined : closing);
  if (closing < 0 || content.includes('<!--')) {
    faults.add('unclosed-comment', start, body);
    return endOfLine(text, body);
  }
  const hyphens = content.endsWith('-') ? content.length - 1 : content.indexOf('--');
  if (hyphens >= 0) {
    const at = body + hyphens;
    faults.add('hyphens-in-comment', at, at + 2);
  }
  return closing + '-->'.length;
}

/** Reads a processing instruction or the XML declaration, `closing` being where its `?>` is, or -1. */
export function readInstruction(text: string, start: number, closing: number, faults: FaultList): number {
  if (closing < 0) {
    faults.add('unclosed-instruction', start, start + 2);
    return endOfLine(text, start);
  }
  const end = closing + 2;
  const whole = text.slice(start, end);
  const target = nameAt(text, start + 2);
  const afterTarget = start + 2 + target.length;
  if (target === '' || !(isSpace(text[afterTarget]) || afterTarget === closing)) {
    faults.add('invalid-instruction', start, end);
  } else if (target.toLowerCase() === 'xml') {
    const isFirst = start === 0 || (start === 1 && text.startsWith('\ufeff'));
    if (!isFirst) faults.add('misplaced-declaration', start, end);
    else if (!declaration.test(whole)) faults.add('invalid-declaration', start, end);
  }
  return end;
}

const declaration =
  /^<\?xml\s+version\s*=\s*(["'])1\.[0-9]+\1(\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>$/;

/** Skips a document type with its internal subset; nothing in it is used. */
export function readDoctype(text: string, start: number, faults: FaultList): number {
  let depth = 0;
  let quote: string | undefined;
  for (let at = start + 2; at < text.length; at++) {
    const c = text[at];
    if (quote !== undefined) {
      if (c === quote) quote = undefined;
    } else if (c === '"' || c === "'") quote = c;
    else if (text.startsWith('<!--', at)) at = Math.max(at, text.indexOf('-->', at) + 2);
    else if (c === '[') depth++;
    else if (c === ']') depth--;
    else if (c === '<' && depth <= 0) break;
    else if (c === '>' && depth <= 0) return at + 1;
  }
  faults.add('unclosed-doctype', start, Math.min(text.length, start + '<!DOCTYPE'.length));
  return endOfLine(text, start);
}

export function endOfLine(text: string, start: number): number {
  const found = text.slice(start).search(/[\r\n]/);
  return found < 0 ? text.length : start + found;
}
