// A condition on a column for a list of values as one parameter: a parameter for each value takes longer to write, to
// parse and to plan, and PostgreSQL has at most 65,535 of them.
import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** Whether a column of texts has one of these values. It uses the column's index, also below `or`. */
export function anyOf(column: AnyColumn, values: Iterable<string>): SQL {
  const list = sql.param(JSON.stringify([...values]));
  return sql`${column} = any(array(select jsonb_array_elements_text(${list}::jsonb)))`;
}
