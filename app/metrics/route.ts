export { answerApi as GET, answerApi as HEAD } from "../api/answer";
