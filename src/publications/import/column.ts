/** What a column of a table holds, and under which headings clerks write it. */

export type ColumnType = 'text' | 'money' | 'date' | 'loose-date' | 'month' | 'number' | 'list'

export interface Column {
  /** Usual headings, the first is shown in errors. */
  names: readonly string[]
  type: ColumnType
  /** An empty cell is an error, and the column must be there. */
  required?: boolean
  /** Numbers of things, of which long ones are usual. */
  code?: boolean
  /** A telephone that is published to be called. */
  openPhone?: boolean
}

export type TableShape = Record<string, Column>
