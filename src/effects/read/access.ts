import { isVisible, type Change, type Relation } from '../../model/effect.ts';
import type { Age } from '../../model/schema.ts';
import { all, as, constant, dotted, type Pg, type Tag, type Tree } from '../../sql/nodes.ts';
import type { Readers, Reading } from '../reader.ts';
import { locate, resolve } from '../../catalog/resolve.ts';
import { stringsOf } from './string-syntax.ts';

/** Who may do what: GRANT, REVOKE, roles, owners, and settings of the server, of databases and of roles. */

const takes = (what: string): Change => ({ kind: 'change-access', takes: true, what });
const gives = (what: string): Change => ({ kind: 'change-access', takes: false, what });

const roleName = ({ roletype, rolename }: Pg.RoleSpec): string =>
  roletype === 'ROLESPEC_PUBLIC' ? 'PUBLIC' : (rolename ?? (roletype ?? '').replace('ROLESPEC_', ''));

const rolesIn = (nodes: readonly Tree[] | undefined): string[] => all(nodes, 'RoleSpec').map(roleName);

/** Null for ALL. */
const privilegesOf = (s: Pg.GrantStmt): string[] | null => {
  const names = all(s.privileges, 'AccessPriv').flatMap(({ priv_name }) => priv_name ?? []);
  return names.length > 0 ? names.map(name => name.toLowerCase()) : null;
};

const WORD: Readonly<Partial<Record<Pg.ObjectType, string>>> = {
  OBJECT_TABLE: 'table',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_SCHEMA: 'schema',
  OBJECT_DATABASE: 'database',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'procedure',
  OBJECT_ROUTINE: 'routine',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'domain',
};

/** What running code does without: nobody truncates or makes triggers there but migrations. */
const UNUSED = new Set(['truncate', 'references', 'trigger', 'maintain', 'create', 'temporary', 'temp']);
/** What PUBLIC has of itself, or what shows nothing that others should not see. */
const OPEN_TO_ALL = new Set(['select', 'usage', 'execute', 'references', 'connect', 'temporary', 'temp']);

const isOld = (age: Age | undefined): boolean => age !== 'this-transaction' && age !== 'this-pr';

/** Those that others know already. */
function oldOnes(s: Pg.GrantStmt, { catalog }: Reading): string[] {
  const inSchema = s.targtype === 'ACL_TARGET_ALL_IN_SCHEMA';
  return (s.objects ?? []).flatMap(object => {
    if (inSchema || s.objtype === 'OBJECT_SCHEMA') {
      const { name } = dotted(object);
      const word = (WORD[s.objtype ?? 'OBJECT_TABLE'] ?? 'object') + 's';
      return isOld(catalog.schemas.get(name)) ? [inSchema ? `all ${word} in schema ${name}` : `schema ${name}`] : [];
    }
    const range = as(object, 'RangeVar');
    if (range) {
      const relation = resolve(range, catalog);
      return isVisible(relation) ? [qualifiedName(relation)] : [];
    }
    const name = dotted(object);
    const schema = locate(name, catalog, key => catalog.routines.has(key));
    const routines = schema === null ? [] : (catalog.routines.get(`${schema}.${name.name}`) ?? []);
    return routines.some(({ age }) => !isOld(age))
      ? []
      : [`${WORD[s.objtype ?? 'OBJECT_TABLE'] ?? 'object'} ${name.name}`];
  });
}

const qualifiedName = ({ schema, name }: Relation): string => (schema === 'public' ? name : `${schema}.${name}`);

function privileges(s: Pg.GrantStmt, at: Reading): Change[] {
  const what = privilegesOf(s);
  const roles = rolesIn(s.grantees);
  const objects = oldOnes(s, at);
  const list = (what ?? ['all']).map(name => name.toUpperCase()).join(', ');
  if (s.is_grant !== true)
    return objects.length === 0 || what?.every(name => UNUSED.has(name))
      ? []
      : [takes(`REVOKE removes ${list} on ${objects.join(', ')} from ${roles.join(', ')}`)];
  const many = what === null || what.some(name => !OPEN_TO_ALL.has(name));
  const isHarmless =
    what === null &&
    (s.objtype === 'OBJECT_FUNCTION' || s.objtype === 'OBJECT_ROUTINE' || s.objtype === 'OBJECT_PROCEDURE');
  return roles.includes('PUBLIC') && many && !isHarmless ? [gives(`every role gets ${list}`)] : [];
}

function grant(s: Pg.GrantStmt, at: Reading): Change[] {
  const revoke = s.is_grant !== true;
  const relations =
    (s.objtype === 'OBJECT_TABLE' || s.objtype === 'OBJECT_SEQUENCE') && s.targtype === 'ACL_TARGET_OBJECT'
      ? all(s.objects, 'RangeVar').map((range): Change => ({
          kind: 'grant',
          relation: resolve(range, at.catalog),
          revoke,
        }))
      : [];
  const own: Change[] =
    relations.length > 0 ? relations : [{ kind: 'inert', statement: revoke ? 'REVOKE' : 'GRANT', alone: false }];
  return [...own, ...privileges(s, at)];
}

/** Roles of the server whose members get past grants (manual, 21.5 Predefined Roles). */
const POWERFUL = new Set([
  'pg_write_server_files',
  'pg_read_server_files',
  'pg_execute_server_program',
  'pg_write_all_data',
  'pg_read_all_data',
  'rds_superuser',
]);

function membership(s: Pg.GrantRoleStmt): Change[] {
  const roles = all(s.granted_roles, 'AccessPriv').map(({ priv_name }) => priv_name ?? '');
  const members = rolesIn(s.grantee_roles).join(', ');
  if (s.is_grant !== true) return [takes(`REVOKE removes the role ${roles.join(', ')} from ${members}`)];
  const powerful = roles.filter(role => POWERFUL.has(role));
  return powerful.length > 0 ? [gives(`${members} gets the privileges of ${powerful.join(', ')}`)] : [];
}

const isOn = (arg: Tree | undefined): boolean => as(arg, 'Boolean')?.boolval === true;

function alterRole(s: Pg.AlterRoleStmt): Change[] {
  const role = s.role ? roleName(s.role) : '';
  return all(s.options, 'DefElem').flatMap(({ defname, arg }): Change[] => {
    switch (defname) {
      case 'canlogin':
        return isOn(arg) ? [] : [takes(`The role ${role} can no longer log in`)];
      case 'password':
      case 'validUntil':
      case 'connectionlimit':
        return [takes(`The login conditions of the role ${role} change (${defname.toLowerCase()})`)];
      case 'superuser':
      case 'bypassrls':
        return isOn(arg)
          ? [gives(`${role} bypasses access checks (${defname})`)]
          : [takes(`The role ${role} loses ${defname}`)];
      case 'rolemembers':
        return s.action === -1
          ? [takes(`ALTER GROUP removes the role ${role} from ${rolesIn(as(arg, 'List')?.items).join(', ')}`)]
          : [];
      default:
        return [];
    }
  });
}

function setting(scope: 'system' | 'database' | 'role', target: string, s: Pg.VariableSetStmt | undefined): Change[] {
  const all_ = s?.kind === 'VAR_RESET_ALL';
  const values = (s?.args ?? []).map(arg => constant(arg) ?? '').join(', ');
  return [
    {
      kind: 'server-setting',
      scope,
      of: target,
      setting: all_ ? null : (s?.name ?? '').toLowerCase(),
      value: s?.kind === 'VAR_SET_VALUE' ? values : null,
    },
    ...(s ? stringsOf(s) : []),
  ];
}

/** Whose owner others rely on: not what this change makes. */
function owner(s: Pg.AlterOwnerStmt, { catalog }: Reading): Change[] {
  const to = s.newowner ? roleName(s.newowner) : '';
  const name = s.object ? dotted(s.object) : { schema: null, name: '' };
  const word = WORD[s.objectType ?? 'OBJECT_TABLE'];
  const schema = locate(name, catalog, key => catalog.routines.has(key) || catalog.types.has(key));
  const key = `${schema ?? ''}.${name.name}`;
  const ages =
    s.objectType === 'OBJECT_SCHEMA'
      ? [catalog.schemas.get(name.name)]
      : [...(catalog.routines.get(key) ?? []), ...(catalog.types.get(key) ? [catalog.types.get(key)] : [])].map(
          object => object?.age,
        );
  const isNew = ages.some(age => !isOld(age));
  return word === undefined || isNew ? [] : [takes(`The ${word} ${name.name} gets the owner ${to}`)];
}

const inert = (statement: string, ...changes: readonly Change[]): Change[] => [
  { kind: 'inert', statement, alone: false },
  ...changes,
];

export const access: Pick<
  Readers,
  Extract<
    Tag,
    | 'GrantStmt'
    | 'GrantRoleStmt'
    | 'AlterDefaultPrivilegesStmt'
    | 'CreateRoleStmt'
    | 'AlterRoleStmt'
    | 'DropRoleStmt'
    | 'AlterRoleSetStmt'
    | 'AlterDatabaseSetStmt'
    | 'AlterSystemStmt'
    | 'AlterOwnerStmt'
  >
> = {
  GrantStmt: grant,
  GrantRoleStmt: s => inert('GRANT role', ...membership(s)),
  AlterDefaultPrivilegesStmt: (s, at) =>
    inert('ALTER DEFAULT PRIVILEGES', ...(s.action?.is_grant === true ? privileges(s.action, at) : [])),
  CreateRoleStmt: s =>
    inert(
      'CREATE ROLE',
      ...all(s.options, 'DefElem')
        .filter(({ defname, arg }) => (defname === 'superuser' || defname === 'bypassrls') && isOn(arg))
        .map(({ defname }) => gives(`${s.role ?? ''} bypasses access checks (${defname ?? ''})`)),
    ),
  AlterRoleStmt: s => inert('ALTER ROLE', ...alterRole(s)),
  DropRoleStmt: s => inert('DROP ROLE', takes(`The role ${rolesIn(s.roles).join(', ')} can no longer log in`)),
  AlterRoleSetStmt: s => inert('ALTER ROLE SET', ...setting('role', s.role ? roleName(s.role) : 'ALL', s.setstmt)),
  AlterDatabaseSetStmt: s => inert('ALTER DATABASE SET', ...setting('database', s.dbname ?? '', s.setstmt)),
  AlterSystemStmt: s => [
    { kind: 'inert', statement: 'ALTER SYSTEM', alone: true },
    ...setting('system', '', s.setstmt),
  ],
  AlterOwnerStmt: (s, at) => inert(`ALTER ${s.objectType ?? ''} OWNER`, ...owner(s, at)),
};
