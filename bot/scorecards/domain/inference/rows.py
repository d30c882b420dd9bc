"""Values that hold an array per field, one entry per rep: the same change made to every array in them."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np

_T = TypeVar("_T")


def changed(change: Callable[..., Any], one: _T, *others: _T) -> _T:
    """`one` with `change(array, *those in the same place of the others)` for each of its arrays, however deep.

    What is no array stays as it is in `one`; what a value has worked out for itself (fields that no caller gives)
    begins anew.
    """
    if isinstance(one, np.ndarray):
        return change(one, *others)  # type: ignore[no-any-return]  # an array again
    if not is_dataclass(one) or isinstance(one, type):
        return one
    inner = {
        field.name: changed(change, *(getattr(value, field.name) for value in (one, *others)))
        for field in fields(one)
        if field.init
    }
    return replace(one, **inner)
