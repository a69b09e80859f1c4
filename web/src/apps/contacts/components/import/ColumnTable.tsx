import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type CsvField, csvFields, type Table } from "../../state/csv";
import classes from "./ImportDialog.module.css";

// i18n: contacts:column.*

interface ColumnTableProps {
  table: Table;
  columns: (CsvField | null)[];
  onChange(columns: (CsvField | null)[]): void;
}

/** What each column of the file becomes. */
export function ColumnTable({ table, columns, onChange }: ColumnTableProps) {
  const { t } = useTranslation("contacts");
  const choices = [
    { value: "", label: t("import.ignore") },
    ...csvFields.map((field) => ({ value: field, label: t(`column.${field}`) })),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.list} aria-label={t("import.columns")} tabIndex={0}>
      {table.heads.map((head, at) => {
        const sample = table.rows.map(({ cells }) => cells[at] ?? "").find(Boolean) ?? "";
        // A column that nothing stands in is none.
        if (!sample) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns never move, and may have the same head
          <div key={at} className={classes.column}>
            <span className={classes.head}>
              <span className={classes.name}>{head}</span>
              <span className={classes.details}>{sample}</span>
            </span>
            <NativeSelect
              aria-label={t("import.becomes", { column: head })}
              data={choices}
              value={columns[at] ?? ""}
              onChange={({ currentTarget: { value } }) =>
                onChange(columns.map((field, index) => (index === at ? ((value || null) as CsvField | null) : field)))
              }
            />
          </div>
        );
      })}
    </section>
  );
}
