"""The Welsh is compiled before the first sentence is asked for."""

from alongside.design.catalogue import compile_when_stale

compile_when_stale()
