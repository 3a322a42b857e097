"""What a random program can name at one place."""


class Place:
    """A real number in memory, as text: `x`, `*p`, `s->a`."""

    def __init__(self, text, type="double", writable=True):
        self.text = text
        self.type = type
        self.writable = writable

    @property
    def address(self):
        return self.text[1:] if self.text.startswith("*") else "&" + self.text


class Array:
    """`size` elements that can be read through `text`; `level` is the depth of the block at whose end it goes."""

    def __init__(self, text, size, type="double", writable=True, level=0, pointer=False):
        self.text = text
        self.size = size
        self.type = type
        self.writable = writable
        self.level = level
        self.pointer = pointer


class Matrix:
    """An array of arrays."""

    def __init__(self, text, rows, columns, type="double", writable=True):
        self.text = text
        self.rows = rows
        self.columns = columns
        self.type = type
        self.writable = writable


class Counter:
    """An integer in low .. high, or an array of `size` such."""

    def __init__(self, text, low, high, type="int", writable=False, size=0):
        self.text = text
        self.low = low
        self.high = high
        self.type = type
        self.writable = writable
        self.size = size


class Layout:
    """A struct type: real members (name, type), arrays (name, type, size), an integer, and structs inside."""

    def __init__(self, name, reals, arrays, inner=None):
        self.name = name
        self.reals = reals
        self.arrays = arrays
        self.inner = inner


class Structure:
    """A struct variable; `access` is `s.` or `s->`."""

    def __init__(self, text, layout, pointer=False, writable=True, level=0):
        self.text = text
        self.layout = layout
        self.pointer = pointer
        self.writable = writable
        self.level = level

    @property
    def access(self):
        return self.text + ("->" if self.pointer else ".")

    @property
    def value(self):
        return f"(*{self.text})" if self.pointer else self.text

    @property
    def address(self):
        return self.text if self.pointer else "&" + self.text


LISTS = ("places", "arrays", "matrices", "counters", "tables", "structures", "extents")


class Scope:
    """Inner scopes begin as copies. `exits` holds what may leave here: break, continue, return, goto."""

    def __init__(self, outer=None, **changes):
        for name in LISTS:
            setattr(self, name, list(getattr(outer, name)) if outer else [])
        self.loops = outer.loops if outer else 0
        self.level = outer.level + 1 if outer else 0
        self.exits = set(outer.exits) if outer else set()
        for name, value in changes.items():
            setattr(self, name, value)

    def add_structure(self, structure):
        """The structure, and its members as places of their own."""
        self.structures.append(structure)
        self.add_members(structure.access, structure.layout, structure.writable, structure.level)

    def add_members(self, access, layout, writable, level):
        for name, type in layout.reals:
            self.places.append(Place(access + name, type, writable))
        for name, type, size in layout.arrays:
            self.arrays.append(Array(access + name, size, type, writable, level))
        self.counters.append(Counter(access + "k", 0, 3, writable=writable))
        if layout.inner:
            self.add_members(access + "in.", layout.inner, writable, level)

    def writable_places(self):
        return [place for place in self.places if place.writable]

    def writable_arrays(self, size=1):
        return [array for array in self.arrays if array.writable and array.size >= size]
