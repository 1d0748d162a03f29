"""What pydicom makes of DICOM files: stored values and, by PS3.3 C.11, what is shown. For bench/crossCheck.

    python reference.py OUT FILE...

Writes for the n-th file OUT/n.stored (int32) and OUT/n.shown (float32 in [0, 1], where the file states how), all frames one
after another, each turned upright where PatientOrientation says that it is stored otherwise; prints one JSON object a file.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pydicom
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi_lut, apply_windowing


def frames_of(ds: pydicom.Dataset) -> list[np.ndarray]:
    """The frames, each [rows, columns]; colour is [rows, columns, 3]."""
    pixels = ds.pixel_array
    frames = int(ds.get("NumberOfFrames") or 1)
    return [np.asarray(picture) for picture in pixels] if frames > 1 else [np.asarray(pixels)]


def shown(ds: pydicom.Dataset, stored: np.ndarray) -> np.ndarray | None:
    """Grey in [0, 1] as the file asks; None where it asks for no window and has no table."""
    values = apply_modality_lut(stored, ds)
    centre, width = ds.get("WindowCenter"), ds.get("WindowWidth")
    if isinstance(centre, pydicom.multival.MultiValue):
        centre, width = (list(centre) or [None])[0], (list(width) or [None])[0]
    if centre in (None, "") or width in (None, ""):
        if "VOILUTSequence" not in ds:
            return None
        bits = int(ds.VOILUTSequence[0].LUTDescriptor[2])
        grey = np.asarray(apply_voi_lut(values.astype(np.int64), ds, prefer_lut=True), np.float64) / (2**bits - 1)
    else:
        grey = windowed(ds, np.asarray(values, np.float64), float(centre), float(width))
    if (ds.PhotometricInterpretation == "MONOCHROME1") != (
        ds.PhotometricInterpretation == "MONOCHROME2" and ds.get("PresentationLUTShape") == "INVERSE"
    ):
        grey = 1 - grey
    return np.clip(grey, 0, 1)


def windowed(ds: pydicom.Dataset, values: np.ndarray, centre: float, width: float) -> np.ndarray:
    """By pydicom, whose output spans what the bits hold: scaled to [0, 1] here."""
    plain = pydicom.Dataset()
    plain.PhotometricInterpretation = "MONOCHROME2"
    plain.PixelRepresentation, plain.BitsStored = 0, 16
    plain.WindowCenter, plain.WindowWidth = centre, width
    if "VOILUTFunction" in ds:
        plain.VOILUTFunction = ds.VOILUTFunction
    if width < 1 and plain.get("VOILUTFunction", "LINEAR") == "LINEAR":
        plain.VOILUTFunction = "LINEAR_EXACT"
    return np.asarray(apply_windowing(values, plain), np.float64) / (2**16 - 1)


def upright(ds: pydicom.Dataset, picture: np.ndarray) -> np.ndarray:
    """Rows to the patient's left, columns to the feet, where both are stated and those of a frontal view."""
    stated = ds.get("PatientOrientation") or []
    if len(stated) != 2:
        return picture
    row, column = (str(part)[:1] for part in stated)
    if row in ("H", "F") and column in ("L", "R"):
        picture, row, column = picture.T, column, row
    if row not in ("L", "R") or column not in ("H", "F"):
        return picture
    picture = picture[:, ::-1] if row == "R" else picture
    return picture[::-1] if column == "H" else picture


def describe(path: str, number: int, out: Path) -> dict[str, object]:
    """One line of the answer; never raises."""
    try:
        ds = pydicom.dcmread(path, force=True)
        if len(ds) == 0 or not any(name in ds for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")):
            return {"state": "no image"}
        about = {
            "modality": str(ds.get("Modality", "")),
            "photometric": str(ds.get("PhotometricInterpretation", "")),
            "syntax": str(getattr(getattr(ds, "file_meta", None), "get", lambda *_: "")("TransferSyntaxUID", "")),
            "bits": int(ds.get("BitsAllocated", 0)),
            "frames": int(ds.get("NumberOfFrames") or 1),
        }
    except Exception as error:
        return {"state": "not read", "why": f"{type(error).__name__}: {error}"}
    try:
        said = [write_frame(ds, picture, about, out / str(number)) for picture in frames_of(ds)]
    except Exception as error:
        return {"state": "no pixels", "why": f"{type(error).__name__}: {error}"[:300], **about}
    unlike = next((each for each in said if each["state"] != "read"), None)
    if unlike:
        return {**unlike, **about}
    return {**said[0], "shown": all(each["shown"] for each in said), **about}


def write_frame(ds: pydicom.Dataset, picture: np.ndarray, about: dict[str, object], out: Path) -> dict[str, object]:
    """What one frame is, after its values have been added to `out`.stored and `out`.shown."""
    palette = about["photometric"] == "PALETTE COLOR"
    if palette:  # What the indices stand for; windows do not apply to it.
        picture = np.asarray(apply_color_lut(picture, ds))
    if picture.ndim == 3:
        if not (picture[..., :1] == picture).all():
            return {"state": "colour"}
        picture = picture[..., 0]
    if picture.dtype.kind == "f":
        return {"state": "float"}
    stored = picture.astype(np.int64)
    bits = picture.dtype.itemsize * 8 if palette else int(ds.get("BitsStored", about["bits"]))
    if bits < 32 and not palette:  # PS3.5 8.1.1: what lies above the high bit is no part of the value.
        stored &= (1 << bits) - 1
        if int(ds.get("PixelRepresentation", 0)) == 1:
            stored = np.where(stored >> (bits - 1), stored - (1 << bits), stored)
    try:
        grey = stored / (2**bits - 1) if palette else shown(ds, stored)
        why = None
    except Exception as error:
        grey, why = None, f"{type(error).__name__}: {error}"[:300]
    turned = upright(ds, stored)
    append(out.with_name(f"{out.name}.stored"), turned.astype("<i4"))
    if grey is not None:
        append(out.with_name(f"{out.name}.shown"), upright(ds, grey).astype("<f4"))
    return {
        "state": "read",
        "rows": turned.shape[0],
        "columns": turned.shape[1],
        "shown": grey is not None,
        **({"why": why} if why else {}),
    }


def append(path: Path, values: np.ndarray) -> None:
    with path.open("ab") as file:
        file.write(values.tobytes())


def main(out: str, *paths: str) -> None:
    for number, path in enumerate(paths):
        print(json.dumps(describe(path, number, Path(out))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
