import "@mantine/tiptap/styles.layer.css";
import { Link, RichTextEditor } from "@mantine/tiptap";
import { IconPhoto } from "@tabler/icons-react";
import Image from "@tiptap/extension-image";
import { Placeholder } from "@tiptap/extensions";
import { type Editor, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { edit } from "../../state/compose/drafts";
import { attach, attachInline, inlineUrl } from "../../state/compose/uploads";
import type { Composition } from "../../state/composition";
import classes from "./ComposeWindow.module.css";

/** An image in the text: it is sent as a part named by Content-ID, and shown from the device while one writes. */
const InlineImage = Image.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      cid: {
        default: null,
        parseHTML: (element: HTMLElement) =>
          /^cid:(.+)$/.exec(element.getAttribute("src") ?? "")?.[1] ?? element.getAttribute("data-cid"),
        renderHTML: ({ cid }: { cid: string | null }) => (cid ? { "data-cid": cid } : {}),
      },
    };
  },
});

interface RichEditorProps {
  composition: Composition;
  revision: number;
}

/** Writing with form. What is pasted keeps only what the editor knows, so nothing foreign gets in. */
export default function RichEditor({ composition, revision }: RichEditorProps) {
  const { t } = useTranslation("mail");
  const { key } = composition;
  const picker = useRef<HTMLInputElement>(null);
  const editorRef = useRef<Editor | null>(null);
  const answering = composition.to.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor owns its text until another is loaded into it.
  const content = useMemo(() => shown(composition.html), [key, revision]);

  const insertImages = async (files: File[]) => {
    for (const file of files) {
      const image = await attachInline(key, file);
      if (image)
        editorRef.current
          ?.chain()
          .focus()
          .setImage({ src: image.url, alt: file.name, cid: image.cid } as { src: string })
          .run();
    }
  };
  /** Images go in the text, other files beside it. */
  const takeFiles = (files: File[]) => {
    const images = files.filter((file) => file.type.startsWith("image/"));
    const others = files.filter((file) => !file.type.startsWith("image/"));
    if (images.length > 0) void insertImages(images);
    if (others.length > 0) void attach(key, others);
  };

  const editor = useEditor({
    extensions: [
      StarterKit.configure({ link: false, heading: { levels: [1, 2, 3] } }),
      Link.configure({ openOnClick: false, autolink: true, defaultProtocol: "https", protocols: ["mailto"] }),
      InlineImage.configure({ inline: true, allowBase64: false }),
      Placeholder.configure({ placeholder: t("compose.placeholder") }),
    ],
    content,
    autofocus: answering ? "start" : false,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: { "aria-label": t("compose.body"), role: "textbox", "aria-multiline": "true", dir: "auto" },
      transformPastedHTML: cleaned,
      handlePaste(_view, event) {
        const files = [...(event.clipboardData?.files ?? [])];
        // A table copied from a spreadsheet comes with a picture of itself; the table is meant.
        if (files.length === 0 || event.clipboardData?.types.includes("text/html")) return false;
        takeFiles(files);
        return true;
      },
      handleDrop(_view, event) {
        const files = [...(event.dataTransfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
        if (files.length === 0 || files.length !== event.dataTransfer?.files.length) return false;
        event.preventDefault();
        event.stopPropagation();
        takeFiles(files);
        return true;
      },
    },
    onUpdate: ({ editor: changed }) => edit(key, { html: stored(changed.getHTML()) }),
  });
  editorRef.current = editor;

  return (
    <RichTextEditor editor={editor} className={classes.editor} labels={labels(t)}>
      <RichTextEditor.Toolbar className={classes.tools}>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Bold />
          <RichTextEditor.Italic />
          <RichTextEditor.Underline />
          <RichTextEditor.Strikethrough />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.BulletList />
          <RichTextEditor.OrderedList />
          <RichTextEditor.Blockquote />
          <RichTextEditor.H2 />
          <RichTextEditor.CodeBlock />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Link />
          <RichTextEditor.Control
            aria-label={t("compose.image")}
            title={t("compose.image")}
            onClick={() => picker.current?.click()}
          >
            <IconPhoto className={classes.icon} />
          </RichTextEditor.Control>
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.ClearFormatting />
        </RichTextEditor.ControlsGroup>
      </RichTextEditor.Toolbar>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(event) => {
          void insertImages([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <RichTextEditor.Content className={classes.writing} />
    </RichTextEditor>
  );
}

/** Stored text with the images' addresses on this device in place of their Content-IDs. */
function shown(html: string): string {
  const document = new DOMParser().parseFromString(html, "text/html");
  for (const image of document.querySelectorAll("img")) {
    const cid = /^cid:(.+)$/.exec(image.getAttribute("src") ?? "")?.[1];
    if (!cid) continue;
    image.dataset.cid = cid;
    const url = inlineUrl(cid);
    if (url) image.src = url;
  }
  return document.body.innerHTML;
}

/** The text of the editor as it is sent. */
function stored(html: string): string {
  const document = new DOMParser().parseFromString(html, "text/html");
  for (const image of document.querySelectorAll<HTMLImageElement>("img[data-cid]")) {
    image.setAttribute("src", `cid:${image.dataset.cid}`);
    image.removeAttribute("data-cid");
  }
  return document.body.innerHTML;
}

/** Pasted pictures that point elsewhere would tell the reader's every opening; they are left out, with styles and comments. */
function cleaned(html: string): string {
  const document = new DOMParser().parseFromString(html, "text/html");
  for (const element of document.querySelectorAll("style, script, meta, link, title, img")) element.remove();
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of [...element.attributes])
      if (!["href", "colspan", "rowspan", "start"].includes(name)) element.removeAttribute(name);
  }
  return document.body.innerHTML;
}

function labels(t: (key: string) => string) {
  // i18n: mail:editor.*
  const names = {
    boldControlLabel: "bold",
    italicControlLabel: "italic",
    underlineControlLabel: "underline",
    strikeControlLabel: "strike",
    bulletListControlLabel: "bullets",
    orderedListControlLabel: "numbers",
    blockquoteControlLabel: "quote",
    h2ControlLabel: "heading",
    codeBlockControlLabel: "code",
    linkControlLabel: "link",
    clearFormattingControlLabel: "clear",
    linkEditorInputLabel: "linkLabel",
    linkEditorInputPlaceholder: "linkPlaceholder",
    linkEditorExternalLink: "linkExternal",
    linkEditorInternalLink: "linkInternal",
    linkEditorSave: "linkSave",
  };
  return Object.fromEntries(Object.entries(names).map(([name, key]) => [name, t(`editor.${key}`)]));
}
