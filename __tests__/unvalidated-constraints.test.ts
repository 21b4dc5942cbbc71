import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadDeparser } from '../src/sql/deparse.ts';
import { loadParser } from '../src/sql/parse.ts';
import { found, USERS } from './helpers/found.ts';

beforeAll(async () => {
  await Promise.all([loadParser(), loadDeparser()]);
});

const OPEN = `${USERS}create table o (id int primary key); alter table users add constraint k check (a > 0) not valid;`;
const NOTICE = ['1:1 notice unvalidated-constraint'];
/** Other rules have findings of their own. */
const isAboutIt = (one: string): boolean => one.includes('unvalidated');

describe('a constraint that is NOT VALID', () => {
  test.each<[name: string, past: string, files: string[], expected: string[]]>([
    ['is silent where it is added', USERS, ['alter table users add constraint k check (a > 0) not valid;'], []],
    [
      'and where the next file of the pull request changes the table',
      USERS,
      ['alter table users add constraint k check (a > 0) not valid;', 'alter table users add x int;'],
      [],
    ],
    ['is silent where it is validated', OPEN, ['alter table users validate constraint k;'], []],
    ['and beside that', OPEN, ['alter table users add x int;\nalter table users validate constraint k;'], []],
    ['is silent where it is dropped', OPEN, ['alter table users drop constraint k;'], []],
    ['is silent where another table is changed', OPEN, ['alter table o add x int;'], []],
    ['is silent where rows are changed', OPEN, ['update users set a = 1 where id = 5;'], []],
    ['is reported where its table is changed', OPEN, ['alter table users add x int;'], NOTICE],
    ['once', OPEN, ['alter table users add x int;', 'alter table users add y int;'], NOTICE],
    [
      'of a new table is valid',
      'create table t (a int, constraint k check (a > 0) not valid);',
      ['alter table t add x int;'],
      [],
    ],
    [
      'as a foreign key',
      `${USERS}create table o (id bigint primary key); alter table users add constraint f foreign key (c) references o not valid;`,
      ['alter table users add x int;'],
      NOTICE,
    ],
  ])('%s', async (_, past, files, expected) => {
    expect((await found(past, files)).at.filter(isAboutIt)).toEqual(expected);
  });
});
