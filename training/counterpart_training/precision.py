"""Half precision where the processor has units for it: emulated bfloat16 is ten times slower than float32."""

import torch


def has_bfloat16_units() -> bool:
    """Whether bfloat16 products run in hardware here (AMX tiles or AVX-512 BF16)."""
    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


def autocast() -> torch.autocast:
    """bfloat16 where it is faster, else float32. Results differ by rounding only."""
    return torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16_units())
