import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui";
import { navigateTo } from "./navigate";
import { usePageTitle } from "./usePageTitle";

export function NotFound() {
  const { t } = useTranslation("shell");
  usePageTitle(t("notFound.title"));
  return (
    <EmptyState
      isPage
      icon={IconMapOff}
      title={t("notFound.title")}
      text={t("notFound.text")}
      action={<Button onClick={() => navigateTo("/")}>{t("notFound.home")}</Button>}
    />
  );
}
