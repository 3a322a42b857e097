"""What the harness needs to know of C text: a function's declaration, and a program's text over other number types."""

import functools
import re

MATH = """acos asin atan atan2 cos sin tan acosh asinh atanh cosh sinh tanh exp exp2 expm1 frexp ilogb ldexp log log10 log1p
log2 logb modf scalbn scalbln cbrt fabs hypot pow sqrt erf erfc lgamma tgamma ceil floor nearbyint rint lrint llrint round
lround llround trunc fmod remainder remquo copysign nan nextafter nexttoward fdim fmax fmin fma j0 j1 jn y0 y1 yn""".split()

WORD_OR_TEXT = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|/\*.*?\*/|//[^\n]*|long\s+double\b|\b[A-Za-z_]\w*', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^>"]+)[>"].*$', re.M)
VARIABLE_EXTENT = re.compile(
    r"(?<!return )(?<!sizeof )(\b[A-Za-z_]\w*\s+(?:restrict\s+)?[A-Za-z_]\w*)\[\s*[A-Za-z_][\w\s*+/()-]*\](?=\s*[,)])"
)
REAL = ("float", "double", "long double")


class Parameter:
    def __init__(self, text):
        self.text = text
        self.function = re.search(r"\(\s*\*\s*(\w+)\s*\)\s*\(", text)
        if self.function:
            self.name, self.base, self.stars, self.extents = self.function.group(1), None, 0, []
            return
        plain = re.sub(r"\b(const|restrict|volatile|register|ADGEN_PASSIVE|static)\b", " ", text)
        plain = re.sub(r"\(\s*\*\s*(\w+)\s*\)\s*\[", r"\1[][", plain)
        match = re.fullmatch(r"\s*(.*?)((?:\*\s*)*)\b(\w+)\s*((?:\[[^]]*\]\s*)*)", plain, re.S)
        if not match:
            raise ValueError(f"can't read the parameter `{text}`")
        self.base = " ".join(match.group(1).split())
        self.stars = match.group(2).count("*")
        self.name = match.group(3)
        self.extents = re.findall(r"\[\s*([^]]*?)\s*\]", match.group(4))

    @property
    def pointer(self):
        return self.stars > 0 or bool(self.extents)

    def bar(self):
        """The declaration of the adjoint parameter, interface.md section 3."""
        if not self.pointer:
            return f"{self.base} *{self.name}_bar"
        shape = "".join(f"[{extent}]" for extent in self.extents)
        return f"{self.base} {'*' * self.stars}{self.name}_bar{shape}"

    def element(self):
        """The type of what the parameter points to."""
        stars = self.stars if self.extents else self.stars - 1
        return self.base + (" " + "*" * stars if stars else "")


class Function:
    def __init__(self, returns, name, parameters):
        self.returns = returns
        self.name = name
        self.parameters = parameters


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def closing(text, at):
    """The index of the parenthesis that closes the one at `at`."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0:
            return i
    raise ValueError("a parenthesis is not closed")


def split_list(text):
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(c, 0)
        if c == "," and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return parts + [text[start:]]


@functools.lru_cache(maxsize=4)
def bare(text):
    """`text` without comments, directives and annotations."""
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", ";", without_comments(text), flags=re.M)
    return re.sub(r"\bADGEN_(?!PASSIVE)\w+\s*\([^)]*\)", ";", text)


@functools.lru_cache(maxsize=256)
def find_function(text, name):
    """The declaration of `name` in the program."""
    text = bare(text)
    for match in re.finditer(rf"\b{name}\s*\(", text):
        head = re.split(r"[;{}]", text[: match.start()])[-1]
        returns = re.sub(r"\b(static|inline|extern|const|ADGEN_PASSIVE)\b", " ", head)
        returns = re.sub(r"__attribute__\s*\(\(.*?\)\)", " ", returns)
        if not re.fullmatch(r"[\s\w*]*\w[\s*\w]*", returns) or re.search(r"\breturn\b", returns):
            continue
        returns = real_name(text, returns)
        inside = text[match.end() : closing(text, match.end() - 1)]
        parts = [] if inside.strip() in ("", "void") else split_list(inside)
        return Function(" ".join(returns.split()), name, [Parameter(" ".join(part.split())) for part in parts])
    raise ValueError(f"no declaration of `{name}` found")


def real_name(text, name):
    """The real type that a typedef of the program stands for, else the name itself."""
    match = re.search(rf"\btypedef\s+((?:long\s+)?double|float)\s+{re.escape(name.strip())}\s*;", text)
    return " ".join(match.group(1).split()) if match else name


def system_headers(text):
    return [name for kind, name in INCLUDE.findall(text) if kind == "<" and name != "adgen.h"]


def inlined(path, seen=None):
    """The text of `path` with the user's own headers in place."""
    seen = set() if seen is None else seen
    if path in seen:
        return ""
    seen.add(path)

    def include(match):
        if match.group(1) == "<":
            return match.group(0)
        return inlined((path.parent / match.group(2)).resolve(), seen)

    return INCLUDE.sub(include, path.read_text(encoding="utf-8"))


def over(text, names):
    """`text` with each word in `names` replaced; strings and comments stay."""

    def word(match):
        key = re.sub(r"\s+", " ", match.group(0))
        return names.get(key, match.group(0))

    return WORD_OR_TEXT.sub(word, text)


def for_long_double(text):
    """The program over long double, for finite differences. Still C."""
    names = {"float": "long double", "double": "long double", "long double": "long double", "const": ""}
    names.update({name + suffix: name + "l" for name in MATH for suffix in ("", "f", "l")})
    return over(text, names)


def for_dual(text):
    """The program as C++ over dual numbers."""
    text = re.sub(r"\[\s*(static|restrict|const)\s+", "[", text)
    text = without_comments(text)

    def open_extent(match):
        before = text[: match.start()]
        return match.group(1) + "[]" if before.count("(") > before.count(")") else match.group(0)

    text = VARIABLE_EXTENT.sub(open_extent, text)
    names = {"float": "ad_f", "double": "ad_d", "long double": "ad_ld", "const": "", "restrict": "", "_Bool": "bool"}
    names.update({"_Static_assert": "static_assert", "_Alignas": "alignas", "_Alignof": "alignof", "_Noreturn": ""})
    return over(text, names)
