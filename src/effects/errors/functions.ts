import { unseenFunction } from '../../catalog/uncertain.ts';
import { errorOf, type ErrorTable } from './predicted-error.ts';

const OUTSIDE = 'it may have been created outside the migrations';

/** Functions that a statement calls and that are not there (ParseFuncOrColumn, parse_func.c). */
export const functions: ErrorTable = {
  'need-function': [
    ({ name, since, extension }, { catalog, pg }) => {
      if (catalog.partial.length > 0 || catalog.uncertain.has(unseenFunction(name))) return null;
      if (since !== null)
        return pg < since ? errorOf('42883', `function ${name}() does not exist: it requires Postgres ${since}`) : null;
      const message =
        extension === null
          ? `function ${name}() does not exist: no migration creates it`
          : `function ${name}() does not exist: no migration runs CREATE EXTENSION "${extension}"`;
      return { ...errorOf('42883', message), because: OUTSIDE };
    },
  ],
};
