/** An operator by whom a list can be filtered. */
export interface FilterOperator {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Operators as the choices of a filter: each id with the name, and the e-mail address where two have the same. */
export function operatorChoices(operators: readonly FilterOperator[]): Record<string, string> {
  const namesakes = (name: string) => operators.filter((operator) => operator.name === name).length;
  return Object.fromEntries(
    operators.map(({ id, name, email }) => [id, namesakes(name) > 1 ? `${name} (${email})` : name]),
  );
}
