/** Single values of a data set: as text, dummies, dates that are moved. Pure. */

import { latin1 } from '../../imaging/png-chunks';

/** Bytes. Longer values are tables and pixels. */
export const LONGEST_TEXT = 1 << 16;

/** Without what pads it. */
export function textOf(bytes: Uint8Array): string {
  return latin1(bytes).replace(/[\0 ]+$/, '');
}

/** A value of the representation that says nothing; numbers keep their length. */
export function dummyOf(vr: string, length: number): string | Uint8Array {
  switch (vr) {
    case 'DA':
      return '19000101';
    case 'DT':
      return '19000101000000';
    case 'TM':
      return '000000';
    case 'AS':
      return '000Y';
    case 'IS':
    case 'DS':
      return '0';
    case 'FD':
    case 'FL':
    case 'OB':
    case 'OD':
    case 'OF':
    case 'OL':
    case 'OV':
    case 'OW':
    case 'SL':
    case 'SS':
    case 'SV':
    case 'UL':
    case 'US':
    case 'UV':
      return new Uint8Array(length);
    default:
      return 'REMOVED';
  }
}

/** Every date of a DA or DT so many days earlier; undefined where one of them is no whole date. */
export function earlier(text: string, days: number): string | undefined {
  const moved = text.split('\\').map((value) => {
    const match = /^(\d{4})(\d\d)(\d\d)((?:\d{2}){0,3}(?:\.\d{1,6})?(?:[+-]\d{4})?)$/.exec(value.trim());
    if (!match) return undefined;
    const [, year, month, day, rest = ''] = match;
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) - days));
    if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
    return date.toISOString().slice(0, 10).replaceAll('-', '') + rest;
  });
  return moved.some((value) => value === undefined) ? undefined : moved.join('\\');
}
