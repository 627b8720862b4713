// QR codes, for the wall only: phones never load it.
export {encode} from "uqr";
