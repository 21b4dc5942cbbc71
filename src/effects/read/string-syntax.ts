import type { Change } from '../../model/effect.ts';
import { all, as, constant, type Pg } from '../../sql/nodes.ts';

/** As `parse_bool_with_len` reads a value that is true (bool.c): each may be cut short. */
const ON = /^(on|1|y(e(s)?)?|t(r(u(e)?)?)?)$/i;

/**
 * With `standard_conforming_strings` off a backslash in '…' is an escape (manual, 19.13.1): the server ends strings where
 * this analysis, which reads a file before anything of it runs, does not. What follows may be other SQL than was read.
 */
export function otherStrings(setting: string, value: string | null): Change[] {
  if (setting.toLowerCase() !== 'standard_conforming_strings' || (value !== null && ON.test(value.trim()))) return [];
  const because =
    'standard_conforming_strings is not on: strings with backslashes may end at another place than analyzed';
  return [{ kind: 'opaque', because, dynamic: false }];
}

/** The same for SET in all its forms; RESET brings back what the server is configured with. */
export const stringsOf = ({ kind, name = '', args = [] }: Pg.VariableSetStmt): Change[] =>
  kind === 'VAR_SET_VALUE' ? otherStrings(name, constant(args[0])) : [];

/** The same for the SET clauses of a function. */
export const stringsIn = (options: readonly Pg.Node[] | undefined): Change[] =>
  all(options, 'DefElem').flatMap(({ defname, arg }) => {
    const clause = defname === 'set' ? as(arg, 'VariableSetStmt') : undefined;
    return clause ? stringsOf(clause) : [];
  });
