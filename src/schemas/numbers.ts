/** Schemas of numbers that many borders check. */

import * as z from 'zod/mini';

/** 0, 1, 2 ... */
export const count = z.int().check(z.nonnegative());

/** 1, 2, 3 ... */
export const positiveCount = z.int().check(z.positive());

/** Both ends belong to it. */
export const between = (low: number, high: number) => z.number().check(z.gte(low), z.lte(high));

/** Both ends belong to it. */
export const wholeBetween = (low: number, high: number) => z.int().check(z.gte(low), z.lte(high));

/** More than nothing, up to all. */
export const share = z.number().check(z.gt(0), z.lte(1));
