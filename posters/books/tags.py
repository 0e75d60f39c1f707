"""Pages of one tagged PDF put behind another's, with what tells a screen reader how to read them."""

from typing import Any


class Tags:
    """A PDF that others are put behind. Each becomes a part of its own in the tree of tags, in its own language.

    A page names its tags by a number that is its own in one file: those of the pages put behind are moved up.
    """

    def __init__(self, book: Any) -> None:
        import pikepdf

        self.pikepdf = pikepdf
        self.book = book
        self.root = book.Root.StructTreeRoot
        self.next = 1 + max((int(key) for key in list(self.root.ParentTree.Nums)[::2]), default=-1)

    def add(self, source: Any, language: str, *, tagged: bool = True) -> None:
        """All the pages of the source. One that is not `tagged` as we do it stands there without tags."""
        first = len(self.book.pages)
        self.book.pages.extend(source.pages)
        tree = source.Root.get("/StructTreeRoot")
        if not tagged or tree is None:
            for page in list(self.book.pages)[first:]:
                self._forget(page)
            return
        moved = self.book.copy_foreign(source.make_indirect(tree) if not tree.is_indirect else tree)
        nums = list(moved.ParentTree.Nums)
        for key, value in zip(nums[::2], nums[1::2], strict=True):
            self.root.ParentTree.Nums.append(int(key) + self.next)
            self.root.ParentTree.Nums.append(value)
        for page in list(self.book.pages)[first:]:
            self._move(page)
        kids = moved.K if isinstance(moved.K, self.pikepdf.Array) else self.pikepdf.Array([moved.K])
        for kid in kids:
            self._rename(kid, f"{self.next}-")
            kid.P = self.root
            kid.Lang = self.pikepdf.String(language)
            self.root.K.append(kid)
        self.next += 1 + max((int(key) for key in nums[::2]), default=-1)
        self.root.ParentTreeNextKey = self.next

    def _move(self, page: Any) -> None:
        for holder, key in ((page.obj, "/StructParents"), *((one, "/StructParent") for one in page.get("/Annots", []))):
            if key in holder:
                holder[key] = int(holder[key]) + self.next

    def _forget(self, page: Any) -> None:
        for holder, key in ((page.obj, "/StructParents"), *((one, "/StructParent") for one in page.get("/Annots", []))):
            if key in holder:
                del holder[key]

    def _rename(self, element: Any, prefix: str) -> None:
        """The cells of a table name the headings that are theirs: by names that no other part has."""
        if not isinstance(element, self.pikepdf.Dictionary):
            return
        if "/ID" in element:
            element.ID = self.pikepdf.String(prefix + str(element.ID))
        for attributes in self._each(element.get("/A")):
            if isinstance(attributes, self.pikepdf.Dictionary) and "/Headers" in attributes:
                names = [self.pikepdf.String(prefix + str(name)) for name in attributes.Headers]
                attributes.Headers = self.pikepdf.Array(names)
        for kid in self._each(element.get("/K")):
            self._rename(kid, prefix)

    def _each(self, found: Any) -> list[Any]:
        if found is None:
            return []
        return list(found) if isinstance(found, self.pikepdf.Array) else [found]
